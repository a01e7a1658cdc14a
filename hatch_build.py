"""Builds the front end into the wheel, so that who installs it needs no Node."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendBuild(BuildHookInterface):
    """Runs npm where the built files are missing; never for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        frontend = Path(self.root) / "frontend"
        built = Path(self.root) / "src/dateline/web/static/manifest.json"
        if version == "editable" or built.exists():
            return
        subprocess.run(["npm", "ci"], cwd=frontend, check=True)
        subprocess.run(["npm", "run", "build"], cwd=frontend, check=True)
