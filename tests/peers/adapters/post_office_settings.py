"""A Django project with django-post_office and nothing else."""

from __future__ import annotations

import os
from urllib.parse import parse_qs, urlsplit

from tests.peers.adapters import handing

_server = urlsplit(handing.dsn())
_socket = parse_qs(_server.query)

SECRET_KEY = "a round lasts a minute"
INSTALLED_APPS = ("post_office",)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TEMPLATES = ({"BACKEND": "django.template.backends.django.DjangoTemplates"},)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _server.path.lstrip("/"),
        "USER": _server.username,
        "HOST": _socket["host"][0],
        "PORT": _socket["port"][0],
    }
}
EMAIL_BACKEND = "post_office.EmailBackend"
EMAIL_HOST = os.environ["PEER_SMTP_HOST"]
EMAIL_PORT = int(os.environ["PEER_SMTP_PORT"])
EMAIL_HOST_USER = os.environ["PEER_SMTP_LOGIN"]
EMAIL_HOST_PASSWORD = os.environ["PEER_SMTP_PASSWORD"]
EMAIL_USE_TLS = True
POST_OFFICE = {
    name: int(os.environ[f"PEER_{name}"])
    for name in ("BATCH_SIZE", "THREADS_PER_PROCESS")
    if f"PEER_{name}" in os.environ
}
