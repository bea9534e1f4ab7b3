"""How a build grows: `python bench/scale.py [--sentences N,N,...] [--workers N,N] [--ray] [--no-link]`.

Made-up news (bench/synthetic.py) of each size is built with each number of workers, each in a process of its own; printed as by
bench/build.py, with two ratios: of speeds (workers beside one), and of the peak memory of the process that writes beside that for the
first size. `--ray` adds a Ray cluster of two nodes on this machine, with one processor each, beside two local workers.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

from build import HEAD, run, show
from synthetic import write


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", default="10000,100000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--no-link", action="store_true")
    options = parser.parse_args()
    first = 0.0
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        news, record = Path(name) / "news.jsonl", Path(name) / "r.duckdb"
        for count in map(int, options.sentences.split(",")):
            write(news, count)
            speeds: dict[int, float] = {}
            for workers in map(int, options.workers.split(",")):
                told = run(news, record, workers, not options.no_link)
                show(f"{workers} worker{'s' if workers > 1 else ''}", told)
                speeds[workers] = told["wall"]
                first = first or told["own"]
                ratios = [f"memory {told['own'] / first:.2f} times the first"]
                if 1 in speeds and workers > 1:
                    ratios.append(f"speed {speeds[1] / told['wall']:.2f} times one worker")
                print("    " + ", ".join(ratios), flush=True)
            if options.ray:
                cluster = importlib.import_module("ray.cluster_utils").Cluster(
                    initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
                )
                cluster.add_node(num_cpus=1)
                cluster.wait_for_nodes()
                told = run(news, record, 0, not options.no_link, "ray", cluster.address)
                show("Ray, two nodes", told)
                if 2 in speeds:
                    print(f"    {speeds[2] / told['wall']:.2f} times two local workers", flush=True)
                cluster.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
