"""Packs the manifests of an archive, and their time stamps, into one file."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from furat.chain.manifest import FOLDER, named
from furat.chain.tokens import found
from furat.files import reading, replacing


def bundle(folder: Path, path: Path) -> int:
    """Write the manifests and tokens in ``folder`` to the zip file ``path``; return how many, and write none for none.

    Unpacked beside a backup of the archive, it continues the chain.
    """
    inside = [*named(folder), *(token.path for token in found(folder / FOLDER))]
    if inside:
        with replacing(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as packed:
            for each in inside:
                with reading(each) as text:
                    packed.writestr(f"{FOLDER}/{each.name}", text.read())
    return len(inside)
