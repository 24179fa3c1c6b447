"""The papers' networks as tables: name of a row -> its part.

Each function takes a Plan, which scales the numbers of the paper (they
stand here as the paper gives them), and returns the rows in order. With
plan.small the beginning is made for images of about 28x28 pixels: a first
convolution of 3x3 with stride 1, and less pooling.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.networks.famous.parts import (
    RBF,
    Add,
    Chain,
    Conv,
    Dense,
    Drop,
    GlobalAverage,
    Join,
    Norm,
    Part,
    Pool,
    Relu,
    Subsampling,
    TableConv,
)

Rows = dict[str, Part]


@dataclass(frozen=True)
class Plan:
    """How a network differs from its paper's.

    side: the shorter side of the images, in pixels.
    classes: how many scores there are.
    width: factor on the channels of every layer.
    depth: how many layers or blocks each stage has; () as in the paper.
    small: whether the images are small ones.
    """

    side: int
    classes: int
    width: float
    depth: tuple[int, ...]
    small: bool

    def channels(self, paper: int, multiple: int = 1) -> int:
        """Return the paper's number of channels, scaled."""
        return max(1, round(paper * self.width / multiple)) * multiple

    def stages(self, *paper: int) -> tuple[int, ...]:
        """Return how many blocks each stage has."""
        return self.depth or paper


def conv_relu(filters: int, size: int, **settings: int) -> Chain:
    """Return a convolution and a ReLU."""
    return Chain(Conv(filters, size, **settings), Relu())


def conv_norm(filters: int, size: int, **settings: int) -> Chain:
    """Return a convolution (no bias: beta is one) and Norm."""
    return Chain(Conv(filters, size, bias=False, **settings), Norm())


def conv_norm_relu(filters: int, size: int, **settings: int) -> Chain:
    """Return a convolution, Norm and a ReLU."""
    return Chain(*conv_norm(filters, size, **settings).parts, Relu())


def same(stride: int = 1) -> Pool:
    """Return the max pooling of 3x3 that keeps the size at stride 1."""
    return Pool(3, stride, pad=1)


# LeNet-5: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning
# Applied to Document Recognition" (1998). Table I: which maps of S2 each
# map of C3 sees.
C3_SEES = (
    *[[i % 6, (i + 1) % 6, (i + 2) % 6] for i in range(6)],
    *[[i % 6, (i + 1) % 6, (i + 2) % 6, (i + 3) % 6] for i in range(6)],
    *[[i % 6, (i + 1) % 6, (i + 3) % 6, (i + 4) % 6] for i in range(3)],
    list(range(6)),
)


def lenet5(plan: Plan) -> Rows:
    """Return LeNet-5; the small one in modern form.

    Modern form: ReLU, max pooling, C3 sees all maps, and an affine layer
    in place of the 84 x 10 = 840 fixed numbers of the output (RBF).
    """
    if not plan.small:
        return {
            "C1": Conv(6, 5),
            "S2": Subsampling(),
            "C3": TableConv(C3_SEES, 5),
            "S4": Subsampling(),
            "C5": Conv(120, 5),
            "F6": Dense(84),
            "output": RBF(plan.classes),
        }
    c = plan.channels
    return {
        # The paper's images have a rim of two pixels.
        "C1": conv_relu(c(6), 5, pad=2 if plan.side < 32 else 0),
        "S2": Pool(2, 2),
        "C3": conv_relu(c(16), 5),
        "S4": Pool(2, 2),
        "C5": Chain(Dense(c(120)), Relu()),
        "F6": Chain(Dense(c(84)), Relu()),
        "output": Dense(plan.classes),
    }


def _head(plan: Plan, width: int) -> Rows:
    """Return the three affine layers of AlexNet and VGG."""
    hidden = plan.channels(width)
    return {
        "fc6": Chain(Dense(hidden), Relu(), Drop(0.5)),
        "fc7": Chain(Dense(hidden), Relu(), Drop(0.5)),
        "fc8": Dense(plan.classes),
    }


def alexnet(plan: Plan) -> Rows:
    """Return AlexNet, whose two groups were two graphics cards.

    Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep
    Convolutional Neural Networks" (2012). It says 224 x 224, but only 227
    gives its 55 x 55. Local response normalization is left out.
    """

    def c(paper: int) -> int:
        return plan.channels(paper, multiple=2)

    first = conv_relu(c(96), 11, stride=4)
    if plan.small:
        first = conv_relu(c(96), 3, pad=1)
    return {
        "conv1": first,
        "pool1": Pool(3, 2),
        "conv2": conv_relu(c(256), 5, pad=2, groups=2),
        "pool2": Pool(3, 2),
        "conv3": conv_relu(c(384), 3, pad=1),
        "conv4": conv_relu(c(384), 3, pad=1, groups=2),
        "conv5": conv_relu(c(256), 3, pad=1, groups=2),
        "pool5": Pool(3, 2),
        **_head(plan, 4096),
    }


def _vgg(plan: Plan, *paper: int) -> Rows:
    """Return a VGG network: stages of 3x3 convolutions, then a pooling.

    Simonyan and Zisserman, "Very Deep Convolutional Networks for
    Large-Scale Image Recognition" (2015), Table 1. Small images are not
    pooled below 2 x 2.
    """
    rows, side, filters = {}, plan.side, 64
    for stage, count in enumerate(plan.stages(*paper), start=1):
        for i in range(1, count + 1):
            name = f"conv{stage}_{i}"
            rows[name] = conv_relu(plan.channels(filters), 3, pad=1)
        if side >= 4 or not plan.small:
            rows[f"pool{stage}"] = Pool(2, 2)
            side //= 2
        filters = min(2 * filters, 512)
    return rows | _head(plan, 4096)


def vgg16(plan: Plan) -> Rows:
    """Return configuration D."""
    return _vgg(plan, 2, 2, 3, 3, 3)


def vgg19(plan: Plan) -> Rows:
    """Return configuration E."""
    return _vgg(plan, 2, 2, 4, 4, 4)


# Table 1 of Szegedy et al., "Going Deeper with Convolutions" (2015): 1x1,
# reduce before 3x3, 3x3, reduce before 5x5, 5x5, 1x1 after the pooling.
INCEPTION = (
    {
        "3a": (64, 96, 128, 16, 32, 32),
        "3b": (128, 128, 192, 32, 96, 64),
    },
    {
        "4a": (192, 96, 208, 16, 48, 64),
        "4b": (160, 112, 224, 24, 64, 64),
        "4c": (128, 128, 256, 24, 64, 64),
        "4d": (112, 144, 288, 32, 64, 64),
        "4e": (256, 160, 320, 32, 128, 128),
    },
    {
        "5a": (256, 160, 320, 32, 128, 128),
        "5b": (384, 192, 384, 48, 128, 128),
    },
)


def inception(
    one: int, reduce3: int, three: int, reduce5: int, five: int, pool: int
) -> Join:
    """Return an inception module (Figure 2b) of these channels."""
    return Join(
        conv_relu(one, 1),
        Chain(conv_relu(reduce3, 1), conv_relu(three, 3, pad=1)),
        Chain(conv_relu(reduce5, 1), conv_relu(five, 5, pad=2)),
        Chain(same(), conv_relu(pool, 1)),
    )


def googlenet(plan: Plan) -> Rows:
    """Return GoogLeNet without the two auxiliary heads of training."""
    c = plan.channels
    rows: Rows = {
        "conv1": conv_relu(c(64), 7, stride=2, pad=3),
        "pool1": same(2),
        "conv2_reduce": conv_relu(c(64), 1),
        "conv2": conv_relu(c(192), 3, pad=1),
        "pool2": same(2),
    }
    if plan.small:
        rows["conv1"] = conv_relu(c(64), 3, pad=1)
        del rows["pool1"]
    stages = plan.stages(2, 5, 2)
    for stage, (count, modules) in enumerate(zip(stages, INCEPTION), start=3):
        for name, numbers in list(modules.items())[:count]:
            rows[f"inception_{name}"] = inception(*map(c, numbers))
        if stage < 2 + len(stages):
            rows[f"pool{stage}"] = same(2)
    rows["average"] = GlobalAverage()
    rows["fc"] = Chain(Drop(0.4), Dense(plan.classes))
    return rows


def basic_block(filters: int, stride: int, project: bool) -> Chain:
    """Return ResNet's block of two 3x3 convolutions (Figure 5, left)."""
    body = Chain(
        conv_norm_relu(filters, 3, stride=stride, pad=1),
        conv_norm(filters, 3, pad=1),
    )
    return _residual(body, filters, stride, project)


def bottleneck(filters: int, stride: int, project: bool) -> Chain:
    """Return ResNet's block of 1x1, 3x3 and 1x1 (Figure 5, right).

    The stride is in the first 1x1, as in the paper; many programs have it
    in the 3x3, which costs more.
    """
    body = Chain(
        conv_norm_relu(filters, 1, stride=stride),
        conv_norm_relu(filters, 3, pad=1),
        conv_norm(4 * filters, 1),
    )
    return _residual(body, 4 * filters, stride, project)


def _residual(body: Chain, filters: int, stride: int, project: bool) -> Chain:
    """Return body(x) + x, or + a 1x1 convolution of x (option B)."""
    shortcut = Chain()
    if project:
        shortcut = conv_norm(filters, 1, stride=stride)
    return Chain(Add(body, shortcut), Relu())


def _resnet(plan: Plan, block: type, *paper: int) -> Rows:
    """Return a residual network.

    He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition"
    (2016), Table 1.
    """
    c, expansion = plan.channels, 4 if block is bottleneck else 1
    rows: Rows = {
        "conv1": conv_norm_relu(c(64), 7, stride=2, pad=3),
        "pool1": same(2),
    }
    if plan.small:  # as in the paper's section 4.2, on CIFAR-10
        rows = {"conv1": conv_norm_relu(c(64), 3, pad=1)}
    channels = c(64)
    for stage, count in enumerate(plan.stages(*paper)):
        filters = c(64 * 2**stage)
        blocks = []
        for i in range(count):
            stride = 2 if stage and i == 0 else 1
            project = stride > 1 or channels != filters * expansion
            blocks.append(block(filters, stride, project))
            channels = filters * expansion
        rows[f"conv{stage + 2}_x"] = Chain(*blocks)
    return rows | {"average": GlobalAverage(), "fc": Dense(plan.classes)}


def resnet18(plan: Plan) -> Rows:
    """Return ResNet-18."""
    return _resnet(plan, basic_block, 2, 2, 2, 2)


def resnet34(plan: Plan) -> Rows:
    """Return ResNet-34."""
    return _resnet(plan, basic_block, 3, 4, 6, 3)


def resnet50(plan: Plan) -> Rows:
    """Return ResNet-50."""
    return _resnet(plan, bottleneck, 3, 4, 6, 3)


def resnet101(plan: Plan) -> Rows:
    """Return ResNet-101."""
    return _resnet(plan, bottleneck, 3, 4, 23, 3)


def resnet152(plan: Plan) -> Rows:
    """Return ResNet-152."""
    return _resnet(plan, bottleneck, 3, 8, 36, 3)


def dense_layer(k: int) -> Join:
    """Return x and k new channels beside it: DenseNet-B's layer."""
    new = Chain(
        Norm(),
        Relu(),
        conv_norm_relu(4 * k, 1),
        Conv(k, 3, pad=1, bias=False),
    )
    return Join(Chain(), new)


def densenet121(plan: Plan) -> Rows:
    """Return DenseNet-121 (k = 32).

    Huang, Liu, van der Maaten and Weinberger, "Densely Connected
    Convolutional Networks" (2017), Table 1.
    """
    k, channels = plan.channels(32), plan.channels(64)
    rows: Rows = {
        "conv1": conv_norm_relu(channels, 7, stride=2, pad=3),
        "pool1": same(2),
    }
    if plan.small:
        rows = {"conv1": Conv(channels, 3, pad=1, bias=False)}
    stages = plan.stages(6, 12, 24, 16)
    for stage, count in enumerate(stages, start=1):
        rows[f"dense{stage}"] = Chain(*[dense_layer(k) for _ in range(count)])
        channels += count * k
        if stage < len(stages):
            channels //= 2
            rows[f"transition{stage}"] = Chain(
                Norm(),
                Relu(),
                Conv(channels, 1, bias=False),
                Pool(2, 2, average=True),
            )
    rows["average"] = Chain(Norm(), Relu(), GlobalAverage())
    return rows | {"fc": Dense(plan.classes)}


def mobilenet(plan: Plan) -> Rows:
    """Return MobileNet: 3x3 on each channel by itself, then 1x1 on all.

    Howard et al., "MobileNets: Efficient Convolutional Neural Networks for
    Mobile Vision Applications" (2017), Table 1. width and resolution are
    its alpha and rho.
    """
    c = plan.channels
    channels = c(32)
    stride = 1 if plan.small else 2
    rows: Rows = {"conv1": conv_norm_relu(channels, 3, stride=stride, pad=1)}
    number = 2
    for stage, count in enumerate(plan.stages(1, 2, 2, 6, 2)):
        for i in range(count):
            stride = 2 if stage and i == 0 else 1
            rows[f"conv{number}_dw"] = conv_norm_relu(
                channels, 3, stride=stride, pad=1, groups=channels
            )
            channels = c(64 * 2**stage)
            rows[f"conv{number}_pw"] = conv_norm_relu(channels, 1)
            number += 1
    return rows | {"average": GlobalAverage(), "fc": Dense(plan.classes)}
