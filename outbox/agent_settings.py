"""The settings of an agent's own process, such as `holdshort mcp`; a part of `Settings`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr

from outbox.spelling import origin


class OfAnAgent(BaseModel):
    """Each is a field of `outbox.settings.Settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    intake_url: Annotated[str, AfterValidator(origin)] = ""
    """Where an agent's own process finds the intake, like https://intake.example.com.  Empty:
    it goes by HOLDSHORT_DSN, with an agent's login of the database."""
    token: SecretStr = SecretStr("")
    """The token that an agent's own process shows: `holdshort token create agent NAME`."""
