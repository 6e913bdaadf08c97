"""Word's styles as far as a plan's structure shows in them: what is a heading, what is bold, what is numbered."""

from typing import Any

from surveys.formats.drafts.numbering import W, value, whole

DEEPEST = 12
"""How far one style may be based on another."""


def is_on(node: Any) -> bool:
    """A switch such as w:b: on where it stands there without saying off."""
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "off")


class Styles:
    """`default` is the style of paragraphs that name none; `lists`: list styles → the list (numId) each of them names."""

    def __init__(self, root: Any) -> None:
        nodes = list(root.iterfind(f"{W}style")) if root is not None else []
        self.nodes = {node.get(f"{W}styleId", ""): node for node in nodes}
        self.default = next((key for key, node in self.nodes.items() if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true")), "")
        self.lists = {
            key: number for key, node in self.nodes.items() if node.get(f"{W}type") == "numbering" and (number := value(node.find(f"{W}pPr/{W}numPr"), "numId"))
        }

    def chain(self, style: str) -> list[Any]:
        """The style and those it is based on, nearest first."""
        found: list[Any] = []
        while style in self.nodes and len(found) < DEEPEST:
            found.append(self.nodes[style])
            style = value(found[-1], "basedOn")
        return found

    def bold(self, style: str) -> bool:
        return next((is_on(node) for one in self.chain(style) if (node := one.find(f"{W}rPr/{W}b")) is not None), False)

    def outline(self, style: str, properties: Any) -> int:
        """1 to 9 for headings, 0 for body text."""
        own = [properties, *(one.find(f"{W}pPr") for one in self.chain(style))]
        level = next((found for one in own if one is not None and (found := value(one, "outlineLvl"))), "")
        return whole(level, 9) + 1 if level and whole(level, 9) < 9 else 0

    def list_of(self, style: str, properties: Any) -> tuple[str, int | None]:
        """The list and the level in it, each from the nearest that names one; '' for none."""
        own = [properties, *(one.find(f"{W}pPr") for one in self.chain(style))]
        named = [found for one in own if one is not None and (found := one.find(f"{W}numPr")) is not None]
        number = next((text for one in named if (text := value(one, "numId"))), "")
        level = next((text for one in named if (text := value(one, "ilvl"))), "")
        return number, whole(level, 0) if level else None
