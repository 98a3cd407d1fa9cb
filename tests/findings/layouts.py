"""How honest senders lay their mails out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.findings.clean import Said

_LOGO = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_RTL = {"ar", "he", "fa"}


def simple(said: Said, company: str, link: str) -> str:
    """A few paragraphs, as a mail program writes them."""
    return (
        f"<p>{said.first}</p><p>{said.second}</p>"
        f'<p><a href="{link}">{said.button}</a></p><p>{said.footer}</p>'
    )


def bare_link(said: Said, company: str, link: str) -> str:
    """The link is shown as it is."""
    return (
        f'<div dir="ltr">{said.first}<br><br>{said.second}<br>{said.button}: '
        f'<a href="{link}">{link}</a><br><br><div>-- <br>{said.footer}</div></div>'
    )


def table(said: Said, company: str, link: str) -> str:
    """Nested tables with inline styles, and a white word on a coloured button."""
    return f"""<!DOCTYPE html><html lang="{said.language}"><head><meta charset="utf-8">
<title>{said.subject}</title></head><body style="margin:0;padding:0;background-color:#f4f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f4f4f7"><tr>
<td align="center"><table width="600" style="background:#ffffff;border-radius:6px"><tr>
<td style="padding:32px;font-family:Arial,sans-serif;font-size:16px;color:#51545e">
<img src="{_LOGO}" width="120" height="40" alt="{company}"><h1 style="color:#333333">
{said.subject}</h1><p>{said.first}</p><p>{said.second}</p>
<table><tr><td bgcolor="#3869d4" style="border-radius:3px"><a href="{link}" style="color:#fff;
text-decoration:none;padding:10px 18px;display:inline-block">{said.button}</a></td></tr></table>
</td></tr><tr><td height="20" style="font-size:0;line-height:0">&nbsp;</td></tr>
<tr><td style="font-size:11px;color:#999">{said.footer}</td></tr></table></td></tr></table>
</body></html>"""


def modern(said: Said, company: str, link: str) -> str:
    """A sheet with dark mode and narrow screens, a preheader, and a spacer."""
    turned = ' dir="rtl"' if said.language in _RTL else ""
    return f"""<!doctype html><html lang="{said.language}"{turned}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<style>:root{{color-scheme:light dark}} body{{background:#fafafa;color:#222;margin:0}}
.card{{background:#fff;max-width:560px;margin:0 auto;padding:24px}} .muted{{color:#767676;
font-size:12px}} .button{{background:#0a7d4f;color:#ffffff!important;padding:12px 20px}}
@media (prefers-color-scheme: dark){{body{{background:#111;color:#eee}}
.card{{background:#1c1c1c}}}}
@media only screen and (max-width:600px){{.card{{padding:12px!important}}}}</style></head><body>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{said.first}
{"&#847;&zwnj;&nbsp;" * 30}</div><div class="card"><p><strong>{company}</strong></p>
<p>{said.first}</p><p>{said.second}</p><a class="button" href="{link}">{said.button}</a>
<div style="height:24px;line-height:24px;font-size:1px">&nbsp;</div>
<p class="muted">{said.footer}</p></div></body></html>"""


def outlook(said: Said, company: str, link: str) -> str:
    """Conditional comments for Outlook around a button, and a preheader of its own words."""
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"><head><!--[if mso]><xml>
<o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>
<![endif]--><style type="text/css">#outlook a{{padding:0}} .preheader{{display:none!important;
visibility:hidden;opacity:0;color:transparent;height:0;width:0}} img{{border:0}}</style></head>
<body bgcolor="#FFFFFF"><span class="preheader">{said.subject} &ndash; {said.second}</span>
<!--[if (gte mso 9)|(IE)]><table width="600"><tr><td><![endif]--><div style="max-width:600px">
<h2>{said.subject}</h2><p>{said.first}</p><p>{said.second}</p><div><!--[if mso]>
<v:roundrect href="{link}" style="height:40px;width:200px" fillcolor="#556270"><center>
{said.button}</center></v:roundrect><![endif]--><!--[if !mso]><!--><a href="{link}"
style="background-color:#556270;color:#ffffff;display:inline-block">{said.button}</a>
<!--<![endif]--></div><hr><small style="color:gray">{said.footer}</small></div>
<!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]--></body></html>"""


def list_of_items(said: Said, company: str, link: str) -> str:
    """A table of what was bought, and a header in white on a dark ground."""
    return f"""<body style="font:14px/1.5 -apple-system,'Segoe UI',sans-serif">
<div style="background:linear-gradient(90deg,#123,#345);color:#fff;padding:16px">
<b>{company}</b></div><p>{said.first}</p><table border="0"
width="100%"><thead><tr style="background:#eee">
<th align="left">#</th><th align="right">1 &times;</th></tr></thead><tbody>
<tr><td>{said.subject}</td><td align="right">1</td></tr></tbody></table><p>{said.second}</p>
<p><a href="{link}" style="color:#06c">{said.button} →</a></p>
<footer style="border-top:1px solid #ddd;color:#888">{said.footer}</footer></body>"""


ALL = (None, simple, bare_link, table, modern, outlook, list_of_items)
"""None: text alone."""
