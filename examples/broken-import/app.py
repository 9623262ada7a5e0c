from flask import Flask

from prices import PRICES, discount

app = Flask(__name__)


@app.get("/")
def index():
    return {name: discount(price) for name, price in PRICES.items()}
