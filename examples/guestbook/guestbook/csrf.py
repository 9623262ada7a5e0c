"""Each visitor's session carries a random token, and every form must send it back."""

import secrets
from hmac import compare_digest

from flask import Flask, abort, request, session


def token() -> str:
    if "csrf_token" not in session:
        session["csrf_token"] = secrets.token_urlsafe(24)
    return session["csrf_token"]


def check() -> None:
    if request.method != "POST":
        return
    sent = request.form.get("csrf_token", "")
    if not compare_digest(sent.encode(), session.get("csrf_token", "").encode()) or not sent:
        abort(400, "The form has expired. Please go back, reload the page and send it again.")


def init_app(app: Flask) -> None:
    app.before_request(check)
    app.jinja_env.globals["csrf_token"] = token
