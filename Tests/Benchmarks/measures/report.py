"""Collects figures, prints them as a table and keeps them as JSON."""
import json, os, platform, time


class Report:
    def __init__(self, path):
        self.path, self.rows = path, []
        self.reached = True

    def add(self, name, value, unit, against=None, goal=None, higher=True):
        """Adds a figure; `against` is (name, value) of what ran beside it, `goal` what their ratio has to reach."""
        row = {"name": name, "value": value, "unit": unit}
        compared = value
        if against:
            row["against"], row["reference"] = against
            compared = row["ratio"] = round(value / against[1], 3) if against[1] else None
        if goal is not None:
            row["goal"] = goal
            row["reached"] = compared is not None and (compared >= goal if higher else compared <= goal)
            self.reached = self.reached and row["reached"]
        self.rows.append(row)
        print(self.line(row), flush=True)

    def line(self, row):
        text = f"{row['name']:<58} {row['value']:>12,.3f} {row['unit']:<8}".replace(".000 ", "     ")
        if "ratio" in row:
            text += f" {row['ratio']:>7.3f} of {row['against']} ({row['reference']:,.1f})"
        if "goal" in row:
            text += f"   goal {row['goal']:g}: {'reached' if row['reached'] else 'MISSED'}"
        return text

    def finish(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "w") as file:
            json.dump({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": platform.machine(),
                       "cores": os.cpu_count(), "figures": self.rows}, file, indent=1)
        print(f"\nwritten to {os.path.relpath(self.path)}")
