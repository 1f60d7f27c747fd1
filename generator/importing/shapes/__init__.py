"""The shapes in which people write entries: one file a shape. A new one is a file with `claim`, a row here, and a golden list."""

from generator.importing.shapes import box, definition, heading, lines, list_item, metadata, paragraph, table_row

__all__ = ["SHAPES"]

SHAPES = {
    "list item": list_item.claim,
    "table row": table_row.claim,
    "paragraph": paragraph.claim,
    "lines": lines.claim,
    "heading with body": heading.claim,
    "definition": definition.claim,
    "metadata below": metadata.claim,
    "box": box.claim,
}
