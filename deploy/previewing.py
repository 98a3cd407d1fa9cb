"""What a policy would have done, in words."""

from __future__ import annotations

from outbox.policy.preview import Preview, Told


def told(found: Preview) -> str:
    """Some lines for a person who is about to put it in force."""
    return "\n".join(
        [
            f"of {found.versions} versions that were routed in the last {found.days} days",
            f"  to review: {found.reviewed}, would be {found.would_review}"
            f" ({found.would_hold} held whatever the confidence)",
            f"  newly in review: {_said(found.newly)}",
            f"  no longer in review: {_said(found.no_longer)}",
            f"  would take more people: {_said(found.more_people)}",
            f"  would take fewer people: {_said(found.fewer_people)}",
            *(
                f"  under tier {place}: {many}"
                for place, many in enumerate(found.tiers, start=1)
            ),
            "nothing has changed; put it in force: holdshort policy set FILE --by NAME",
        ]
    )


def _said(some: Told) -> str:
    if not some.versions:
        return "0"
    decided = [f"{many} {kind.replace('_', ' ')}" for kind, many in some.decided.items()]
    undecided = [f"{some.undecided} not decided"] if some.undecided else []
    examples = ", ".join(map(str, some.examples))
    return f"{some.versions} (people: {', '.join([*decided, *undecided])}; as {examples})"
