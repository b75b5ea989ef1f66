"""scikit-learn's MiniBatchDictionaryLearning.partial_fit on the same images and as many atoms, timed for `silhouettes bench`.

Usage: sklearn_steps.py FOLDER [cpu|wall], the clock; FOLDER holds `dictionary.npy` [atoms, values] and `images.npy`
[n, values], float32. Each line on standard input, `ENCODER BATCH SECONDS` with ENCODER one of cd, lars (both at alpha 2), is
answered by one JSON line with images per second. One thread. Exits with 3 and a message where scikit-learn is missing.
"""
import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
try:
    import numpy as np
    import sklearn
    from sklearn.decomposition import MiniBatchDictionaryLearning
except ImportError as error:
    print(f"scikit-learn is not there for {sys.executable}: {error}; pip install it, or set PYTHON", file=sys.stderr)
    sys.exit(3)


def main():
    folder = sys.argv[1]
    clock = time.perf_counter if sys.argv[2:] == ["wall"] else time.process_time
    atoms = np.load(os.path.join(folder, "dictionary.npy"))
    images = np.load(os.path.join(folder, "images.npy"))
    print(json.dumps({"library": "scikit-learn", "version": sklearn.__version__}), flush=True)
    for line in sys.stdin:
        encoder, batch, seconds = line.split()
        batch, seconds = int(batch), float(seconds)
        learner = MiniBatchDictionaryLearning(
            n_components=len(atoms), alpha=2, fit_algorithm=encoder, batch_size=batch, dict_init=atoms.copy(), n_jobs=1
        )
        learner.partial_fit(images[:batch])
        done, at, begin = 0, batch, clock()
        while clock() - begin < seconds:
            if at + batch > len(images):
                at = 0
            learner.partial_fit(images[at : at + batch])
            at, done = at + batch, done + batch
        rate = done / (clock() - begin)
        print(json.dumps({"step": encoder, "batch": batch, "imagesPerSecond": rate}), flush=True)


main()
