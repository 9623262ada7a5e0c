from flask import Flask, session

app = Flask(__name__)
app.config["THEME"] = "plain"
app.config.from_prefixed_env()


@app.get("/")
def visits():
    session["visits"] = session.get("visits", 0) + 1
    return f"{app.config['THEME']}: visit {session['visits']}\n"


@app.get("/limit")
def limit():
    return f"{app.config.get('LIMITS', {}).get('PAGES', 20)}\n"
