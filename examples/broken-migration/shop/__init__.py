from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import select

from .models import Order, db


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"
    db.init_app(app)
    Migrate(app, db)

    @app.get("/")
    def orders():
        return [order.item for order in db.session.scalars(select(Order))]

    return app
