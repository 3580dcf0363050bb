# SPDX-License-Identifier: Apache-2.0
"""Training and one verdict of a peer, on one core: classifiers_speed.py keras|aeon RECORDED.csv

RECORDED.csv is the prototype's form without header (303 columns). keras: the prototype's network and schedule on its own
input, padded with zeros; a fifth held back to know when to stop. aeon: MiniRocket with its ridge classifier, on series
resampled to 64 frames. A verdict is one repetition judged alone, as live.
"""
import csv
import os
import statistics
import sys
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

from figures import figure

FRAMES = 64


def recorded(path):
    """Series [frames, 225] and labels; columns: class, accuracy, sequence, then x y z v of 75 points."""
    rows = {}
    with open(path, newline="") as file:
        for row in csv.reader(file):
            points = np.array(row[3:], np.float32).reshape(75, 4)[:, :3]
            rows.setdefault((row[1], row[2]), []).append(points.ravel())
    return [np.stack(frames) for frames in rows.values()], np.array([int(label) for label, _ in rows])


def timed(action):
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def keras_network(frames, classes):
    from tensorflow import keras
    layers = keras.layers
    network = keras.Sequential([
        keras.Input((frames, 225)),
        layers.Bidirectional(layers.LSTM(64, return_sequences=True)), layers.Dropout(0.2),
        layers.Bidirectional(layers.LSTM(128, return_sequences=True, kernel_regularizer=keras.regularizers.l2(0.01))),
        layers.Dropout(0.2), layers.Bidirectional(layers.LSTM(64)), layers.Dense(64, "relu"), layers.Dense(32, "relu"),
        layers.Dense(classes, "softmax")])
    network.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    callbacks = [keras.callbacks.EarlyStopping("val_accuracy", patience=20, restore_best_weights=True),
                 keras.callbacks.ReduceLROnPlateau("val_loss", factor=0.2, patience=5, min_lr=1e-4)]
    return network, callbacks


def measure_keras(series, labels):
    from tensorflow import keras
    keras.utils.set_random_seed(0)
    longest = max(map(len, series))
    padded = np.stack([np.pad(one, ((0, longest - len(one)), (0, 0))) for one in series])
    order = np.random.permutation(len(labels))
    held_back, learned = np.split(order, [len(order) // 5])
    network, callbacks = keras_network(longest, int(labels.max()) + 1)
    spent, _ = timed(lambda: network.fit(
        padded[learned], labels[learned], batch_size=32, epochs=2000, verbose=0, callbacks=callbacks,
        validation_data=(padded[held_back], labels[held_back])))
    return spent, lambda place: network.predict(padded[place:place + 1], verbose=0)


def measure_aeon(series, labels):
    from aeon.classification.convolution_based import MiniRocketClassifier
    at = np.linspace(0, 1, FRAMES)
    even = np.stack([np.stack([np.interp(at, np.linspace(0, 1, len(one)), channel) for channel in one.T])
                     for one in series])
    MiniRocketClassifier(random_state=1).fit(even[:8], np.arange(8) % 2)  # compiles its kernels first
    classifier = MiniRocketClassifier(random_state=0)
    spent, _ = timed(lambda: classifier.fit(even, labels))
    return spent, lambda place: classifier.predict(even[place:place + 1])


def main():
    series, labels = recorded(sys.argv[2])
    spent, judge = {"keras": measure_keras, "aeon": measure_aeon}[sys.argv[1]](series, labels)
    figure("training alone", spent, "s", "lower")
    judge(0)
    verdicts = [timed(lambda: judge(place))[0] for place in range(len(series))]
    figure("one verdict", 1000 * statistics.median(verdicts), "ms", "lower")


main()
