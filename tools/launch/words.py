"""What course.py says, in English and Japanese."""

from __future__ import annotations

import locale
import os
import sys

from course_lib.text import Text

WORDS = {
    "making": Text(
        "Making {folder} (once) ...", "{folder} を作っています（初回のみ）..."
    ),
    "installing": Text(
        "Installing, once: {minutes} ...",
        "インストールしています。初回のみです（{minutes}）...",
    ),
    "time_network": Text("a minute or more", "1 分以上かかります"),
    "time_wheels": Text(
        "about half a minute, from wheels/", "wheels/ から、約 30 秒"
    ),
    "fetching": Text("  fetching {count}: {name}", "  取得中 {count}: {name}"),
    "unpacking": Text(
        "  unpacking {count} packages ...",
        "  {count} 個のパッケージを展開しています ...",
    ),
    "ready": Text("Ready.", "準備ができました。"),
    "moved": Text(
        "The course was moved or copied: .venv now belongs to {folder}.",
        "フォルダーが移動またはコピーされたので、.venv を {folder} 用に"
        "直しました。",
    ),
    "rebuilt": Text(
        "{folder} is made anew: {why}", "{folder} を作り直します。{why}"
    ),
    "why_python": Text(
        "its Python does not run any more.",
        "中の Python が動かなくなっています。",
    ),
    "why_upgraded": Text(
        "it was made for {before}, its Python is now {now}.",
        "{before} 用に作られましたが、いまの Python は {now} です。",
    ),
    "why_unfinished": Text(
        "the last installation was interrupted.",
        "前回のインストールが途中で終わっていました。",
    ),
    "why_pip": Text("there is no pip in it.", "中に pip がありません。"),
    "why_missing": Text("it lacks {names}.", "{names} が入っていません。"),
    "in_use": Text(
        "{path} cannot be removed ({error}). Close every JupyterLab and "
        "notebook, then start again.",
        "{path} を削除できません（{error}）。JupyterLab とノートブックを"
        "すべて閉じて、もう一度始めてください。",
    ),
    "waiting": Text(
        "Another start is installing just now; waiting for it ...",
        "別の course.py がインストール中です。終わるのを待っています ...",
    ),
    "uv_failed": Text(
        "uv could not do it; trying pip.",
        "uv では入りませんでした。pip を使います。",
    ),
    "old_versions": Text(
        "The newer versions of some packages could not be fetched; the "
        "course opens with those that are here.",
        "新しい版のパッケージを取得できませんでした。いま入っている版で"
        "開きます。",
    ),
    "no_ensurepip": Text(
        "This Python cannot make virtual environments: a part of it is "
        "missing. On Debian and Ubuntu: sudo apt install python3-venv "
        "({name}-venv). Then start again.",
        "この Python では仮想環境を作れません（部品が足りません）。Debian や "
        "Ubuntu では sudo apt install python3-venv（{name}-venv）を実行して、"
        "もう一度始めてください。",
    ),
    "venv_failed": Text(
        "The virtual environment {folder} could not be made:\n{output}",
        "仮想環境 {folder} を作れませんでした。\n{output}",
    ),
    "bad_name": Text(
        "The name of the folder {folder} holds {signs}, with which "
        "JupyterLab cannot work. Rename the folder, then start again.",
        "フォルダー名 {folder} に {signs} が含まれていると、JupyterLab が"
        "正しく動きません。フォルダーの名前を変えて、もう一度始めて"
        "ください。",
    ),
    "disk": Text(
        "The disk of {folder} is full: the installation needs about "
        "{need} MB, {free} MB are free.",
        "{folder} のディスクがいっぱいです。約 {need} MB 必要ですが、空きは "
        "{free} MB です。",
    ),
    "proxy": Text(
        "The proxy {proxy} does not let the installation through. Is the "
        "address right (HTTPS_PROXY, or proxy in pip's configuration)?",
        "プロキシ {proxy} を通れませんでした。設定（環境変数 HTTPS_PROXY、"
        "または pip の設定の proxy）を確かめてください。",
    ),
    "certificate": Text(
        "The certificate of {index} is not accepted. A network that looks "
        "into connections needs its own one: pip config set global.cert "
        "FILE. Is the computer's clock right?",
        "{index} の証明書を確認できません。通信を検査するネットワークでは、"
        "専用の証明書が必要です（pip config set global.cert ファイル）。"
        "パソコンの時計も確かめてください。",
    ),
    "network": Text(
        "There is no way to {index} from here: is the network there? For a "
        "room without one, a bundle brings everything: see README.md.",
        "{index} につながりません。ネットワークを確かめてください。"
        "ネットワークのない教室では、必要なものがすべて入った bundle を使い"
        "ます（README.ja.md）。",
    ),
    "index": Text(
        "{index} does not have {name} for Python {python} on this "
        "computer. Another Python (3.10 to 3.14) or index may.",
        "{index} に、このパソコンの Python {python} で使える {name} が"
        "ありません。別の Python（3.10 から 3.14）か、別の取得先を試して"
        "ください。",
    ),
    "wheels": Text(
        "wheels/ does not fit: it lacks {name} for Python {python} on "
        "this computer. It was made for {made_for}. Use such a computer, "
        "or make a bundle for this one, or delete wheels/ and use the "
        "network.",
        "wheels/ に、このパソコンの Python {python} で使える {name} が"
        "ありません（{made_for} 用です）。合うパソコンで使うか、この"
        "パソコン用の bundle を作るか、wheels/ を削除してネットワークから"
        "入れてください。",
    ),
    "user": Text(
        "pip's configuration says user = true, which a virtual environment "
        "refuses: pip config unset global.user (or user.user).",
        "pip の設定に user = true があり、仮想環境では使えません。pip "
        "config unset global.user（または user.user）を実行してください。",
    ),
    "denied": Text(
        "{folder} cannot be written: who owns it, and is it open in "
        "another program?",
        "{folder} に書き込めません。フォルダーの所有者と、ほかのプログラムで"
        "開いていないかを確かめてください。",
    ),
    "elsewhere": Text(
        "Everything was installed, but .venv does not find it ({names}). "
        "Look for target, prefix or root in: pip config list",
        "インストールは終わりましたが、.venv から見つかりません（{names}）。"
        "pip config list に target、prefix、root がないか確かめてください。",
    ),
    "stopped": Text(
        "The installation stopped. What the installer said last:\n{output}",
        "インストールが止まりました。最後の出力は次のとおりです。\n{output}",
    ),
    "interrupted": Text(
        "Stopped. The next start begins the installation afresh.",
        "中断しました。次に始めたとき、インストールをやり直します。",
    ),
    "root": Text(
        "You are root, and JupyterLab does not start as root. Start the "
        "course as an ordinary user; in a container of your own: "
        "{command} --allow-root",
        "root ユーザーでは JupyterLab を起動できません。普通のユーザーで始めて"
        "ください。自分専用のコンテナの中では {command} --allow-root と"
        "します。",
    ),
    "your_place": Text(
        "The course's folder is shared or read-only: your notebooks and "
        "your progress are in {home}.",
        "教材のフォルダーは共有または読み取り専用なので、ノートブックと学習の"
        "記録は {home} に置きます。",
    ),
    "other_owner": Text(
        "{work} was begun by {name}. If that is you, delete the file {file}.",
        "{work} は {name} さんが使い始めたものです。それがあなたなら、"
        "{file} を削除してください。",
    ),
    "newer": Text(
        "{name}: a newer one is in {folder}; yours stays as it is.",
        "{name}: 新しい版が {folder} にあります。あなたのものはそのままです。",
    ),
    "not_copied": Text(
        "The notebooks could not be copied to {work}: {error}",
        "ノートブックを {work} にコピーできませんでした（{error}）。",
    ),
    "no_lesson": Text(
        "There is no lesson {name!r}. There are: {names}",
        "{name!r} というレッスンはありません。あるのは次のとおりです: {names}",
    ),
    "no_command": Text(
        "There is no command {name!r}. There are: {names}",
        "{name!r} というコマンドはありません。あるのは次のとおりです: {names}",
    ),
    "no_value": Text(
        "--language needs en or ja.", "--language には en か ja が必要です。"
    ),
    "bundling": Text(
        "Fetching the wheels for {platform}, Python {python} ...",
        "{platform}、Python {python} 用のパッケージを取得しています ...",
    ),
    "bundled": Text(
        "{path} ({size} MB). Unpack it there and start course.py.",
        "{path}（{size} MB）ができました。展開して course.py を始めて"
        "ください。",
    ),
    "bundle_failed": Text(
        "The bundle could not be made: see what was said above.",
        "bundle を作れませんでした。上の出力を見てください。",
    ),
}
chosen = "en"


def choose(language: str) -> None:
    """Speak English or Japanese from now on; never fail at a letter."""
    global chosen
    chosen = language
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(key: str, **values: object) -> str:
    """Return a sentence in the chosen language with its values."""
    return WORDS[key].of(chosen).format(**values)


def tell(key: str, **values: object) -> None:
    """Print a sentence."""
    print(say(key, **values), flush=True)


def computers_language() -> str:
    """Return "ja" on a computer that speaks Japanese, else "en"."""
    names = [os.environ.get("LC_ALL"), os.environ.get("LANG")]
    names.append(locale.getlocale()[0])
    japanese = any((name or "").lower().startswith("ja") for name in names)
    return "ja" if japanese else "en"
