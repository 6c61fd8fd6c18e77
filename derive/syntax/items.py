"""Items: a file is read line by line; a line that cannot be read does not lose the others."""

from __future__ import annotations

from derive.syntax import tree
from derive.syntax.clauses import IDENTIFIER, formula, given, note, quoted, split_reason
from derive.syntax.definition import Given, Types, definition, parted, spoken_of
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.lines import RELATION, Piece, logical_lines, normal_ends
from derive.syntax.markdown import fences, is_markdown
from derive.syntax.node import changed
from derive.syntax.proofs import HEADERS, ProofReader, over
from derive.syntax.tree import Span

NOTES = frozenset(["source", "library", "without", "alias", "kind"])


def read(text: str, path: str | None = None) -> tree.File:
    """All items of a `.drv` text, or of the fences of a Markdown text (by the end of `path`).

    Never raises: what cannot be read is listed in `broken` and stands in its item as a Broken.
    """
    text = normal_ends(text)
    blocks = fences(text) if is_markdown(path) else [(1, text)]
    items: list[tree.Item] = []
    faults: list[tree.Broken] = []
    imports: list[tree.Name] = []
    for first, block in blocks:
        reader = ItemReader(logical_lines(block, first))
        reader.run()
        items += reader.items
        faults += reader.broken
        imports += reader.imports
    rows = text.split("\n")
    span = Span(1, 1, len(rows), len(rows[-1]) + 1)
    return tree.File(tuple(items), tuple(faults), tuple(imports), span=span)


def read_file(text: str) -> tree.File:
    """All items of a `.drv` text."""
    return read(text)


def read_markdown(text: str) -> tree.File:
    """All items of the `derive` fences of a Markdown text."""
    return read(text, "text.md")


class ItemReader(ProofReader):
    """Reads the items of one block."""

    def __init__(self, lines: list[Piece]) -> None:
        super().__init__(lines)
        self.items: list[tree.Item] = []
        self.imports: list[tree.Name] = []
        self.givens: list[Given] = []
        self.types: list[Types] = []  # those of the parameters of the definition just above
        self.chain_seen = False

    def run(self) -> None:
        """Read all lines."""
        while (line := self.peek()) is not None:
            if line.keyword in HEADERS:
                self.headed()
            elif line.keyword == "given":
                self.bare_given()
            elif line.keyword == "import":
                self.import_line()
            elif line.keyword or line.text.startswith('"'):
                self.misplaced(self.take())
            elif RELATION.match(line.text):
                self.fault(self.take().refuse("this step follows no expression", "an expression"))
            else:
                self.derivation()

    def import_line(self) -> None:
        """`import "path.drv"`, before all items."""
        line = self.take()
        rest = line.after_keyword()
        try:
            path = quoted(rest)
            if self.items or self.givens:
                raise line.refuse("imports stand at the top of the file")
            self.imports.append(tree.Name(path, span=rest.span))
        except SyntaxFailure as error:
            self.fault(error)

    def bare_given(self) -> None:
        """A given for the chains below it; after a chain the givens start anew."""
        if self.chain_seen:
            self.givens, self.types, self.chain_seen = [], [], False
        self.givens.append(self.one_given())

    def one_given(self) -> Given:
        """The next line, a `given`."""
        line = self.take()
        try:
            rest = line.after_keyword()
            if not rest.text:
                raise line.refuse("after “given” a hypothesis is missing", "X : random variable")
            return given(rest)
        except SyntaxFailure as error:
            return tree.Assume(self.fault(error), span=line.span)

    def derivation(self) -> None:
        """A bare chain under the givens above it."""
        self.chain_seen = True
        chain = self.chain()
        if chain is not None:
            span = over(chain.span, chain.steps[-1].span)
            givens = (*spoken_of(self.types, self.givens, chain), *self.givens)
            item = tree.Item(
                "derivation", None, "", givens, None, None,
                tree.Proof((), chain, span=span), span=span,
            )  # fmt: skip
            self.items.append(item)

    # ---- headed items

    def headed(self) -> None:
        """A theorem, axiom, definition or example, to its `qed` or to the next item."""
        self.givens, self.types, self.chain_seen = [], [], False
        item = self.header(self.take())
        givens: list[Given] = []
        notes: list[tree.Note] = []
        while (line := self.peek()) is not None:
            if line.keyword == "given" and (item.show is None or item.kind == "define"):
                givens.append(self.one_given())
            elif line.keyword == "show" and item.show is None:
                item = self.show(item, self.take())
            elif line.keyword in NOTES:
                notes += self.one_note(self.take())
            elif line.text.startswith('"') and not item.doc and item.proof is None:
                item = self.doc(item, self.take())
            elif line.keyword == "proof" and item.kind != "define":
                item = changed(item, proof=self.proof(0))
                break
            elif line.keyword or line.text.startswith('"') or item.show is None:
                break
            elif item.kind == "define":
                self.types, self.givens = parted(item.params, givens)
                givens = list(self.types)
                break
            else:
                self.stray_chain()
                break
        if item.show is None:
            fault = tree.Broken(f"this {item.kind} shows nothing", "show …", span=item.span)
            self.broken.append(fault)
            item = changed(item, show=fault)
        self.items.append(changed(item, givens=tuple(givens), notes=tuple(notes)))

    def stray_chain(self) -> None:
        """A chain after `show` without `proof`: one message for all of it."""
        line = self.take()
        self.fault(line.refuse("a chain after “show” stands between “proof” and “qed”", "proof"))
        while (after := self.peek()) is not None and not (after.keyword or after.text[0] == '"'):
            self.take()
        if after is not None and after.keyword == "qed":
            self.take()

    def header(self, line: Piece) -> tree.Item:
        """`theorem NAME`, `define NAME a b := t`, `example`."""
        kind, rest = line.keyword, line.after_keyword()
        item = tree.Item(kind, None, "", (), None, None, None, span=line.span)
        try:
            if kind == "define":
                return definition(item, rest)
            name = rest.text or None
            if kind == "example" and name is not None:
                raise rest.refuse("an example has no name", "a new line")
            if kind != "example" and (name is None or not IDENTIFIER.fullmatch(name)):
                raise line.refuse(f"after “{kind}” stands its name", f"{kind} NAME")
            return changed(item, name=name)
        except SyntaxFailure as error:
            found = IDENTIFIER.match(rest.text)
            fault = self.fault(error)
            show = fault if kind == "define" else None
            return changed(item, name=found.group() if found else None, show=show)

    def show(self, item: tree.Item, line: Piece) -> tree.Item:
        """`show φ [by …]`."""
        try:
            rest, why = split_reason(line.after_keyword())
            if not rest.text:
                raise line.refuse("after “show” a statement is missing", "a formula")
            return changed(item, show=formula(rest), reason=why)
        except SyntaxFailure as error:
            return changed(item, show=self.fault(error))

    def doc(self, item: tree.Item, line: Piece) -> tree.Item:
        """The text in quotes after the header."""
        try:
            return changed(item, doc=quoted(line))
        except SyntaxFailure as error:
            self.fault(error)
            return item

    def one_note(self, line: Piece) -> list[tree.Note]:
        """A remark of the rulebook."""
        try:
            return [note(line)]
        except SyntaxFailure as error:
            self.fault(error)
            return []
