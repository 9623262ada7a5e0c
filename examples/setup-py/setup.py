from setuptools import setup

web = ["flask>=3.1,<4"]

setup(
    name="words",
    version="1.0",
    py_modules=["words"],
    python_requires=">=3.10",
    install_requires=web + ["python-slugify~=8.0"],
    extras_require={"test": ["pytest"]},
)
