"""The command line: `holdshort`.

Help is answered from this table alone; a command's own module, and with it the database
driver, is imported when the command runs.  Data goes to stdout, talk to stderr.  Every
error says what, why and the next command, and ends with its own exit code:

0 ok, 1 failure, 2 usage, 3 refused by the gate, 4 not allowed, 5 not found, 6 conflict,
7 dependency down, 8 stranded or unknown; `verify`: 0 valid, 1 invalid, 2 unreadable
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

COMMANDS = {
    "demo": ("demo", "Show the main job, everything embedded, in under a minute."),
    "up": ("up", "Run the whole pipeline embedded, until Ctrl-C."),
    "migrate": ("operate", "Bring the database to this version's schema; sending stays off."),
    "run": ("operate", "Run one stage, or all of them, until SIGTERM."),
    "console": ("console", "Run the pages on which people review, approve and resolve."),
    "arm": ("operate", "Let senders send from this database, as it stands here and now."),
    "outbound": ("operate", "Turn sending on or off, or see where the switch stands."),
    "cap": ("limits", "Set, lift or list caps: at most so much in a time."),
    "quiet": ("limits", "Set, lift or list quiet hours, in which nothing leaves."),
    "suppress": ("limits", "Name, lift or list addresses to which nothing may leave."),
    "status": ("status", "Say on one screen what waits, and what somebody should see to."),
    "top": ("status", "The same again and again, with how many moves a second."),
    "tail": ("tail", "Follow recorded moves, of one intent or of all."),
    "doctor": ("access", "Look whether everything is as safe as it must be."),
    "partitions": ("partitions", "List, make or archive the partitions of the log of moves."),
    "roles": ("access", "Print the database's roles, and the SQL for their logins."),
    "tenant": ("access", "Bind logins to tenants, or list which are."),
    "cell": ("cell", "Say which tenants live in which of several databases, or look at all."),
    "account": ("people", "Let people sign in to the console with a password, or not at all."),
    "session": ("people", "List or end sessions: who is signed in to the console."),
    "signin": ("people", "Print a link that signs somebody in to the console, once."),
    "token": ("token", "Make, list or revoke the tokens of agents and of people."),
    "settings": ("operate", "List every setting, its default and its meaning."),
    "mcp": ("mcp", "Let an agent propose over the Model Context Protocol."),
    "submit": ("propose", "Propose a mail or a request from a JSON file."),
    "edit": ("propose", "Write a new version of a proposed mail."),
    "withdraw": ("propose", "Take a proposal back before it is sent."),
    "list": ("look", "List intents, the newest first."),
    "show": ("look", "Show one intent: its bytes, manifest, digest and receipts."),
    "approve": ("approve", "Authorise one attempt to send exactly this, or each of these."),
    "policy": ("policy", "Show, preview, set or look back at whose yes it takes."),
    "attention": (
        "attention",
        "Show how people decide: how often yes, how fast, what they miss.",
    ),
    "decoy": ("decoy", "Seed known-bad items that never leave, to see whether people look."),
    "calibration": ("calibration", "Say what confidences are worth, by what people decided."),
    "model": ("model", "Train or evaluate the scorer that learns from what people decide."),
    "grant": ("grant", "Give, revoke or list standing grants: yes in advance to a class."),
    "delegate": ("delegate", "Let another person approve in your place, for a time."),
    "reviewer": ("reviewer", "Enrol, revoke or list the keys of those who may approve."),
    "reject": ("decide", "Say no, for good."),
    "send-back": ("decide", "Ask the agent for another version, and say why."),
    "defer": ("decide", "Put an intent out of sight for a time; it comes back."),
    "take-up": ("decide", "Bring back into sight what was deferred."),
    "revoke": ("decide", "Take an approval back."),
    "lookup": ("lookup", "Ask the other side what became of a stranded intent."),
    "resolve": ("decide", "Say what became of a stranded intent."),
    "erase": ("erase", "Take what an intent said away, for good; its receipts stay."),
    "notify": ("notify", "Send a test to everybody who is told of what waits, or list them."),
    "key": ("attest", "Make or show a key with which receipts or approvals are signed."),
    "receipt": ("attest", "Write the receipts of an intent for whoever verifies them."),
    "verify": ("verify", "Say whether receipts are true, offline."),
    "completion": ("completion", "Print what lets a shell complete these commands."),
    "schema": ("schema", "Describe every shape for strangers, and see what would break them."),
    "plan": ("plan", "Say what so many intents a month take, from what was measured."),
    "bench": ("bench", "Measure how fast it is, beside others on the same machine."),
}
"""Name, module under `deploy.commands`, and the line that `--help` prints."""


class Lazy(click.Group):
    """Knows the names of its commands, and imports one when it is asked to run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"deploy.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="holdshort")
def holdshort() -> None:
    """Hold short until you are cleared.

    Agents propose, a person authorises exactly those bytes, one attempt is made, and a
    receipt is kept.
    """


def main() -> None:
    """Run a command; say what went wrong and end with its exit code."""
    try:
        holdshort.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Exception as error:  # the border: whatever it is gets one line and a next step
        from deploy.failures import exit_saying

        exit_saying(error)


if __name__ == "__main__":
    main()
