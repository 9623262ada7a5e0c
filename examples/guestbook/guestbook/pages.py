from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from .models import Entry, db

bp = Blueprint("pages", __name__)

NEWEST = 50


@bp.get("/")
def index():
    entries = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(NEWEST)).all()
    return render_template("index.html", entries=entries, total=count_entries())


@bp.post("/entries")
def sign():
    name = request.form.get("name", "").strip()
    message = request.form.get("message", "").strip()
    if not name or not message:
        flash("Please give your name and a few words.")
    elif len(name) > 60 or len(message) > 500:
        flash("That is a little too long: 60 letters for the name, 500 for the words.")
    else:
        db.session.add(Entry(name=name, message=message))
        db.session.commit()
        flash(f"Thank you, {name}.")
    return redirect(url_for("pages.index"), code=303)


@bp.get("/health")
def health():
    return {"status": "ok", "entries": count_entries()}


def count_entries() -> int:
    return db.session.scalar(select(func.count(Entry.id))) or 0
