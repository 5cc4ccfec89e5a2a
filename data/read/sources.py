"""Where the columns of a template come from in a foreign file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where one column of ours comes from."""

    # Heads of the file's columns, in the form of `data.read.rows.normalise_head`. Of one head the cell is taken; the
    # filled cells of several are joined by `joined_by`. Heads that the file lacks count as empty.
    heads: tuple[str, ...] = ()
    joined_by: str = " "  # text between the cells of several heads
    constant: str | None = None  # the text where all heads are empty or there are none
    values: tuple[tuple[str, str], ...] = ()  # pairs of a text (compared in lower case, trimmed) and what it becomes
    otherwise: str | None = None  # what a text that is not among `values` becomes; None keeps it as it is
    # Triples of another head, a least number and a text: where that head's cell is a number, with a point as decimal
    # sign, of at least this, the column is that text, whatever the attributes above give. The first rule that holds
    # decides; a head that the file lacks and a cell that is no number decide nothing.
    rules: tuple[tuple[str, float, str], ...] = ()
