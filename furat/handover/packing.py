"""A zip file that knows the size and digest of each of its files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from furat.clock import now

STORED = (".gz",)
"""How names end of files that readers look into without unpacking the rest (WACZ 1.1.1, section 5)."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the zip file."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Packing:
    """Adds files to a zip file."""

    zip: ZipFile
    files: list[Packed] = field(default_factory=list)

    def add(self, name: str, blocks: Iterable[bytes], expected: int = 0) -> Packed:
        """Add a file of these ``blocks``, and return what it is; more than 2 GiB must be ``expected``, in bytes.

        Others have no field of ZIP64 in their local header: ReplayWeb.page takes that for the beginning of the file.
        """
        year, month, day = now()[:10].split("-")
        info = ZipInfo(name, (int(year), int(month), int(day), 0, 0, 0))
        info.compress_type = ZIP_STORED if name.endswith(STORED) else ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.file_size = expected
        digest, size = sha256(), 0
        with self.zip.open(info, "w") as file:
            for block in blocks:
                file.write(block)
                digest.update(block)
                size += len(block)
        self.files.append(Packed(name, size, digest.hexdigest()))
        return self.files[-1]
