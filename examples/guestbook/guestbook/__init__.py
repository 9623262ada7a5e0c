"""A guestbook: small, but with everything that a real app brings along."""

import os

from flask import Flask
from flask_migrate import Migrate

from . import csrf, pages
from .models import db

migrate = Migrate()


def create_app() -> Flask:
    app = Flask(__name__, instance_relative_config=True)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", "sqlite:///guestbook.db")
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    app.register_blueprint(pages.bp)
    return app
