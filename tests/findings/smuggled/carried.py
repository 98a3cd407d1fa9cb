"""What is loaded, what acts, and what is attached."""

from __future__ import annotations

from typing import Any

from consumers.findings import Kind
from tests.findings.smuggled.tricks import DOCX, OCTETS, file, html

CARRIED: dict[str, tuple[Kind, dict[str, Any]]] = {
    **html(
        Kind.REMOTE_CONTENT,
        "<p>Hello Ana</p>%s",
        image="<img src='https://t.example/a.gif'>",
        schemeless="<img src='//t.example/a.gif'>",
        srcset="<img srcset='https://t.example/a.gif 2x'>",
        picture="<picture><source srcset='https://t.example/a'></picture>",
        background="<table background='https://t.example/a'></table>",
        style="<p style='background:url(https://t.example/a)'>",
        escaped_style="<p style='background:u\\72l(https://t.example/a)'>",
        sheet="<style>p{list-style:url(//t.example/a)}</style>",
        dark_sheet="<style>@media print{p{cursor:url(//t.example/a)}}</style>",
        import_="<style>@import 'https://t.example/a.css';</style>",
        font="<style>@font-face{font-family:f;src:url(https://t.example/f)}</style>",
        link="<link rel=stylesheet href='https://t.example/a.css'>",
        preconnect="<link rel=preconnect href='https://t.example'>",
        base="<base href='https://t.example/'>",
        refresh="<meta http-equiv=refresh content='0;url=https://t.example'>",
        video="<video poster='https://t.example/a'></video>",
        audio="<audio src='https://t.example/a'></audio>",
        iframe="<iframe src='https://t.example/a'></iframe>",
        srcdoc="<iframe srcdoc='<p>x'></iframe>",
        object="<object data='https://t.example/a'></object>",
        svg_image="<svg><image xlink:href='https://t.example/a'/></svg>",
        svg_use="<svg><use href='https://t.example/a#x'/></svg>",
        svg_fill="<svg><rect fill='url(https://t.example/a#x)'/></svg>",
        without_scripts="<noscript><img src='https://t.example/a'></noscript>",
        ping="<a ping='https://t.example/a' href='#x'>x</a>",
        input="<input type=image src='https://t.example/a'>",
    ),
    **html(
        Kind.ACTIVE_CONTENT,
        "<p>Hello Ana</p>%s",
        script="<script>x()</script>",
        svg_script="<svg><script>x()</script></svg>",
        handler="<p onclick='x()'>",
        svg_handler="<svg onload=x()>",
        form="<form action='/x'><input name=a></form>",
        object="<object></object>",
        animation="<svg><animate attributeName=href></svg>",
        unseen_handler="<template><img onerror=x()></template>",
    ),
    "disguised_file: a program called PDF": (
        Kind.DISGUISED_FILE,
        file("a.pdf", b"MZ\x90\0", "application/pdf"),
    ),
    "disguised_file: HTML called PDF": (
        Kind.DISGUISED_FILE,
        file("a.pdf", b"<!doctype html>", "application/pdf"),
    ),
    "disguised_file: PDF declared as a picture": (
        Kind.DISGUISED_FILE,
        file("a.pdf", b"%PDF-1.7", "image/png"),
    ),
    "disguised_file: ZIP called JPEG": (
        Kind.DISGUISED_FILE,
        file("a.jpg", b"PK\3\4", "image/jpeg"),
    ),
    "disguised_file: nothing called PNG": (
        Kind.DISGUISED_FILE,
        file("a.png", b"hello", "image/png"),
    ),
    "disguised_file: two endings": (
        Kind.DISGUISED_FILE,
        file("invoice.pdf.exe", b"MZ", OCTETS),
    ),
    "disguised_file: turned name": (
        Kind.DISGUISED_FILE,
        file("invoice\u202efdp.exe", b"MZ", OCTETS),
    ),
    "disguised_file: spaces before its end": (
        Kind.DISGUISED_FILE,
        file("invoice.pdf" + " " * 40 + ".exe", b"MZ", OCTETS),
    ),
    "dangerous_file: program": (Kind.DANGEROUS_FILE, file("a.exe", b"MZ", OCTETS)),
    "dangerous_file: program without an ending": (
        Kind.DANGEROUS_FILE,
        file("setup", b"\x7fELF", OCTETS),
    ),
    "dangerous_file: ending with a dot": (
        Kind.DANGEROUS_FILE,
        file("a.exe. ", b"\0", OCTETS),
    ),
    "dangerous_file: macros": (
        Kind.DANGEROUS_FILE,
        file("a.docx", b"PK\3\4 word/vbaProject.bin", DOCX),
    ),
    "dangerous_file: document with macros": (
        Kind.DANGEROUS_FILE,
        file("a.docm", b"PK\3\4", "application/vnd.ms-word.macroenabled"),
    ),
    "dangerous_file: HTML": (Kind.DANGEROUS_FILE, file("a.html", b"<html>", "text/html")),
    "dangerous_file: picture that scripts": (
        Kind.DANGEROUS_FILE,
        file("a.svg", b"<svg onload=x()>", "image/svg+xml"),
    ),
    "dangerous_file: shortcut": (Kind.DANGEROUS_FILE, file("a.lnk", b"L\0\0\0", OCTETS)),
    "dangerous_file: disk": (Kind.DANGEROUS_FILE, file("a.iso", b"\0", OCTETS)),
}
