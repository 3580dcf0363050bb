# SPDX-License-Identifier: Apache-2.0
"""The prototype's live loop, figures for bench/run.py: prototype_live.py all NAME=CLIP…

Every frame: MediaPipe Holistic 0.10.14, its own drawing, the last 30 frames through the prototype's Keras
BiLSTM (weights as initialised: they cost the same), text, window (Xvfb). The clip takes the camera's place; as
with a camera, decoding is part of the loop. A clip is a process of its own, as when it is started.
"""
import os
import resource
import subprocess
import sys
import time

STARTED = time.perf_counter()
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from display import display
from figures import figure

IS_MEASURING = len(sys.argv) == 2
if IS_MEASURING:
    import cv2
    import mediapipe
    import numpy
    from tensorflow import keras

    holistic_module = mediapipe.solutions.holistic
    drawing = mediapipe.solutions.drawing_utils


def prototype_network():
    layers = keras.layers
    return keras.Sequential([
        keras.Input((30, 225)),
        layers.Bidirectional(layers.LSTM(64, return_sequences=True, activation="relu")),
        layers.Dropout(0.2),
        layers.Bidirectional(layers.LSTM(128, return_sequences=True, activation="relu",
                                         kernel_regularizer=keras.regularizers.l2(0.01))),
        layers.Dropout(0.2),
        layers.Bidirectional(layers.LSTM(64, return_sequences=False, activation="relu")),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(2, activation="softmax"),
    ])


def keypoints(results):
    def values(part, count):
        if part is None:
            return numpy.zeros(count * 3)
        return numpy.array([[p.x, p.y, p.z] for p in part.landmark]).flatten()
    return numpy.concatenate([values(results.pose_landmarks, 33), values(results.left_hand_landmarks, 21),
                              values(results.right_hand_landmarks, 21)])


def draw(image, results):
    for part, lines in ((results.pose_landmarks, holistic_module.POSE_CONNECTIONS),
                        (results.left_hand_landmarks, holistic_module.HAND_CONNECTIONS),
                        (results.right_hand_landmarks, holistic_module.HAND_CONNECTIONS)):
        drawing.draw_landmarks(image, part, lines, drawing.DrawingSpec((80, 22, 10), 2, 4),
                               drawing.DrawingSpec((80, 44, 121), 2, 2))


def measure(name, clip):
    network = prototype_network()
    capture = cv2.VideoCapture(clip)
    window, wall, first_s = [], [], None
    with holistic_module.Holistic(min_detection_confidence=0.5, min_tracking_confidence=0.5) as holistic:
        while True:
            begin = time.perf_counter()
            ok, frame = capture.read()
            if not ok:
                break
            results = holistic.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
            draw(frame, results)
            window = (window + [keypoints(results)])[-30:]
            if len(window) == 30:
                answer = network.predict(numpy.expand_dims(window, 0), verbose=0)[0]
                right = int(numpy.argmax(answer)) == 0
                cv2.putText(frame, "right" if right else "wrong", (3, 30), cv2.FONT_HERSHEY_SIMPLEX, 1,
                            (0, 255, 0) if right else (0, 0, 255), 2, cv2.LINE_AA)
            cv2.imshow("prototype", frame)
            cv2.waitKey(1)
            if first_s is None:
                first_s = time.perf_counter() - STARTED
            wall.append((time.perf_counter() - begin) * 1e3)
    if len(wall) < 60:
        sys.exit(f"too few frames in {clip}")
    judged = sorted(wall[31:])  # before, nothing is judged; the first verdict also builds the network
    figure(f"{name} in a window: frames", 1e3 * len(judged) / sum(judged), "1/s", "higher")
    figure(f"{name} live, window: latency, median", judged[len(judged) // 2], "ms", "lower")
    figure(f"{name} live, window: latency, 95 %", judged[len(judged) * 95 // 100], "ms", "lower")
    figure(f"{name} in a window: first picture", first_s, "s", "lower")
    figure(f"{name} in a window: peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", "lower")


if IS_MEASURING:
    measure(*sys.argv[1].rpartition("=")[::2])
else:
    with display() as screen:
        for word in sys.argv[2:]:
            subprocess.run([sys.executable, __file__, word], check=True, env=os.environ | {"DISPLAY": screen})
