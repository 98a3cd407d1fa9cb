"""Learn from decisions: TF-IDF, logistic regression, and what its sums are really worth.

The newest fifth is held back: a model is judged by what came after all it has learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consumers.scorers.learned.decisions import Decided
from consumers.scorers.learned.model import Evaluation, Model
from consumers.scorers.learned.words import words
from outbox.calibration.curve import Curve, judged
from outbox.errors import BadSettings, Conflict

FEWEST = 50
"""Of each, a yes and a no, to learn from."""
FEWEST_MAILS = 5
"""A word that stands in fewer is not learnt: what few said is nobody's business."""
MOST_WORDS = 20_000
REVIEW_BELOW = 0.7
_FOLDS = 5
_HELD_BACK = 5


def trained(decided: Sequence[Decided]) -> Model:
    """From these, with the evaluation on the newest of them.

    Raises `Conflict` if they are too few, and `BadSettings` without scikit-learn.
    """
    inorder = sorted(decided, key=lambda one: one.at)
    newest = len(inorder) // _HELD_BACK
    learnt, held_back = inorder[: len(inorder) - newest], inorder[len(inorder) - newest :]
    model = learnt_from(learnt)
    return model.model_copy(update={"evaluation": evaluated(model, held_back)})


def learnt_from(decided: Sequence[Decided]) -> Model:
    """From all of these; nobody knows yet how good it is."""
    yes = sum(one.approved for one in decided)
    if min(yes, len(decided) - yes) < FEWEST:
        raise Conflict(
            f"people said yes to {yes} and no to {len(decided) - yes}: that is too few",
            hint=f"it takes {FEWEST} of each to learn from; let people decide meanwhile",
        )
    texts, said = [one.text for one in decided], [one.approved for one in decided]
    vectors, regression, slope, offset = _fitted(texts, said)
    rare = vectors.idf_
    found = {
        word: (float(rare[place]), float(regression.coef_[0][place]))
        for word, place in vectors.vocabulary_.items()
    }
    return Model(
        learnt=len(decided),
        until=max(one.at for one in decided),
        words=found,
        intercept=float(regression.intercept_[0]),
        slope=slope,
        offset=offset,
    )


def evaluated(
    model: Model, decided: Sequence[Decided], *, review_below: float = REVIEW_BELOW
) -> Evaluation:
    """How good it is on these, of which it has learnt none.  Raises `Conflict` if none are."""
    said = [(model.judge(one.text)[0], one.approved) for one in decided]
    curve: Curve = judged(said)
    if curve.error is None or curve.error_by_chance is None or curve.brier is None:
        raise Conflict("nobody has decided on anything that it has not learnt from")
    reviewed = [yes for share, yes in said if share < review_below]
    return Evaluation(
        decided=curve.decided,
        approved=curve.approved,
        error=curve.error,
        error_by_chance=curve.error_by_chance,
        brier=curve.brier,
        review_below=review_below,
        reviewed=len(reviewed),
        refused=len(reviewed) - sum(reviewed),
    )


def _fitted(texts: list[str], said: list[bool]) -> tuple[Any, Any, float, float]:
    """Its words, its weights, and the line from its sums to shares, by folds held back."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import cross_val_predict
        from sklearn.pipeline import make_pipeline
    except ImportError as missing:
        raise BadSettings(
            f"{missing.name} is not installed", hint="pip install 'holdshort[model]'"
        ) from None
    vectors = TfidfVectorizer(
        analyzer=words, min_df=FEWEST_MAILS, max_features=MOST_WORDS, sublinear_tf=True
    )
    whole = make_pipeline(vectors, LogisticRegression(C=10, max_iter=1000))
    sums = cross_val_predict(whole, texts, said, cv=_FOLDS, method="decision_function")
    line = LogisticRegression(C=1e6).fit(sums.reshape(-1, 1), said)
    whole.fit(texts, said)
    return whole[0], whole[1], float(line.coef_[0][0]), float(line.intercept_[0])
