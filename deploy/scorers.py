"""Write the page of the built-in scorers: `python -m deploy.scorers docs/SCORERS.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from consumers.scorers.judge.question import LONGEST
from consumers.scorers.kinds import Kind
from consumers.scorers.sameness import LIKE, SAME

_HEAD = """\
# Scorers that are built in

<!-- written by `make readme`; do not edit -->

A score decides how closely a person looks, and nothing else: it can never approve. These
scorers come with Holdshort; which of them judge says `HOLDSHORT_SCORERS`, and how their scores
are combined says the policy: [Scoring](SCORING.md). How good they are on real mail is measured,
in [Evaluation](EVALUATION.md).

- `rules` looks at how a text is written, at secrets and personal data, at recipients, links and
  files, and at what was sent before. It needs nothing, and takes milliseconds.
- `smuggling` looks at what a mail hides from the person who decides: [Findings](FINDINGS.md).
  It needs `holdshort[console]`, and parses HTML: for seconds, if that is hostile.
- `freshness` looks at times, facts and the thread that it answers. It needs your hooks.
- `judge` asks a language model what there is to worry about. It needs an endpoint, and
  `holdshort[judge]`.
- `learned` tells how likely a person's yes is, by what people have decided:
  [Calibration](CALIBRATION.md). It needs a model that you have trained.

```sh
export HOLDSHORT_SCORERS=rules,smuggling,freshness
holdshort run scorer
```

Each finding takes its weight of the confidence: two of 0.4 leave 0.6 x 0.6. One that *holds*
sends the intent to a person whatever the confidence is. Reasons name no secret and no address.

| finding | what it is | weight | |
|---|---|---|---|
"""
_REST = f"""
## Near-duplicates

An agent that plans anew proposes the same under another key, in other words. What a same
recipient was sent before is compared: {LIKE:.0%} of its runs of three words, or {SAME:.0%} of
its words in any order and with any endings, without what it quotes, unless most of the figures
(amounts, dates, numbers of orders) are others. It is held; the reason names the other intent.
Compared are the last 500 mails that were sent to anybody, and what has left of the last 100
for each of its recipients. Nothing is refused: a reminder in the same words may be meant, and a
person knows.

## Freshness: your hooks

What is a fact, and where threads are kept, your house alone knows. A hook is a class that an
entry point of yours names, in the group `holdshort.facts` or `holdshort.threads`; only hooks
that `HOLDSHORT_FACTS` and `HOLDSHORT_THREADS` name are loaded.

```python
import datetime as dt
from collections.abc import Iterable

from outbox.intent import Artifact


class Prices:
    \"\"\"An entry point in the group `holdshort.facts`.\"\"\"

    def stale(self, artifact: Artifact) -> Iterable[str]:
        \"\"\"A sentence for each thing it says that is not so any more.\"\"\"
        return ["the price has changed"] if "99 EUR" in artifact.title else []


class Mailbox:
    \"\"\"An entry point in the group `holdshort.threads`.\"\"\"

    def last(self, artifact: Artifact) -> dt.datetime | None:
        \"\"\"When anybody last wrote in its thread; None: it answers none.\"\"\"
        return None
```

A hook that fails, or says nothing in time, makes the scorer fail: a person looks. What is told
is how things stood when it was scored, not when it leaves: give what must not leave late a
`not_after`, which the law keeps.

## Judge: a language model

Any endpoint that speaks as OpenAI's chat completions do, over TLS that is verified.
`HOLDSHORT_JUDGE` names a file; the key lies beside it, for nobody else to read.

```json
{{
  "url": "https://models.example.com/v1",
  "model": "small-1",
  "key_file": "judge-key",
  "dollars": {{"read": "0.15", "written": "0.60"}}
}}
```

`dollars` is the price of a million tokens read and written; each score says what it cost.
`ca_file` names the only authorities to believe. A model takes seconds: set
`HOLDSHORT_SCORER_PATIENCE`, after which it has said nothing, and a person looks.

- **The mail leaves your house** for whoever runs the model: its recipients, its subject, the
  names of its files and the first {LONGEST:,} characters of what its reader sees. What holds a
  secret or the number of a card is not shown.
- **What a mail makes it say can only lower.** Its answer counts for no more than what `rules`
  say of the same mail; so combined as `least` or as `product` it never lifts a score. A mail
  that speaks to a model (`prompt-injection`) is held, whatever the model says. As a `mean` with
  other scorers it weighs as one of them: leave it out of means, or do not use them.
- **Only a whole answer is one**: strict JSON with the word that is new for each question, a
  number from 0 to 1, and findings of a closed list. Anything else is silence: a person looks.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "\n".join(map(_row, Kind)) + "\n" + _REST


def _row(kind: Kind) -> str:
    holds = "holds" if kind.holds else ""
    return f"| `{kind.value}` | {kind.meaning} | {kind.weight:g} | {holds} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
