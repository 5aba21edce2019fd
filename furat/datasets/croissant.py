"""The metadata of a release in Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html)."""

import json
from collections.abc import Sequence
from typing import Any

from furat.datasets.columns import Column, Kind
from furat.datasets.manifest import File, Manifest
from furat.terminal import several

NAME = "croissant.json"

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES: dict[Kind, str] = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "moment": "sc:DateTime",
}

SHARDS = {
    "@type": "cr:FileSet",
    "@id": "shards",
    "name": "shards",
    "encodingFormat": "application/x-parquet",
    "includes": "data/*.parquet",
}
"""All files, relative to that of the metadata."""


def text(manifest: Manifest, columns: Sequence[Column], address: str = "") -> str:
    """Return the metadata of a release as JSON-LD; ``address`` leads to who has the rights, else the site does."""
    described = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": f"Articles of {manifest.site}",
        "description": f"{several(manifest.rows, 'record')} of articles of {manifest.site}.",
        "url": address or manifest.site,
        "license": address or manifest.site,
        "version": f"1.0.{manifest.rows}",
        "isLiveDataset": True,
        "distribution": [*map(_file, manifest.files), SHARDS],
        "recordSet": [
            {"@type": "cr:RecordSet", "@id": "articles", "name": "articles", "field": [*map(_field, columns)]}
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _field(column: Column) -> dict[str, Any]:
    named = {"@type": "cr:Field", "@id": f"articles/{column.name}", "name": column.name, "description": column.meaning}
    if column.kind == "images":
        parts = [_part(column, name) for name in ("url", "caption")]
        return {**named, "repeated": True, "subField": parts}
    repeated = {"repeated": True} if column.kind == "texts" else {}
    return {**named, "dataType": TYPES.get(column.kind, "sc:Text"), "source": _source(column), **repeated}


def _part(column: Column, name: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"articles/{column.name}/{name}",
        "name": name,
        "dataType": "sc:Text",
        "source": {**_source(column), "transform": {"jsonPath": name}},
    }


def _source(column: Column) -> dict[str, Any]:
    return {"fileSet": {"@id": "shards"}, "extract": {"column": column.name}}
