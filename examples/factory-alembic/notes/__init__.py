from flask import Flask, jsonify, request
from sqlalchemy import select

from .database import Note, Session


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def notes():
        with Session() as session:
            return jsonify([note.text for note in session.scalars(select(Note).order_by(Note.id))])

    @app.post("/")
    def add():
        with Session.begin() as session:
            session.add(Note(text=request.get_data(as_text=True)))
        return "", 201

    @app.get("/healthz")
    def health():
        with Session() as session:
            session.execute(select(Note.id).limit(1))
        return "ok\n"

    return app
