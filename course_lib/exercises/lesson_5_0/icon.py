"""The picture of lesson 5_0 on the map: a valley and a step down."""

from course_lib.svg import BLUE, INK, ORANGE, Picture


def draw(picture: Picture) -> None:
    """Draw a curve with three points that go down it."""
    curve = [(x, 36 - 26 * ((x - 40) / 34) ** 2) for x in range(6, 71, 2)]
    flipped = [(x, 46 - y) for x, y in curve]
    picture.path(flipped, INK, 2)
    for x, colour in ((10, ORANGE), (22, ORANGE), (32, BLUE)):
        y = 46 - (36 - 26 * ((x - 40) / 34) ** 2)
        picture.rect(x - 3, y - 3, 6, 6, colour)
