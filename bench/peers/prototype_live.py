# SPDX-License-Identifier: Apache-2.0
"""The prototype's live loop, figures for bench/run.py: prototype_live.py all NAME=CLIP…

Every frame as in the prototype's Real_Time_Pred.py: mirrored, MediaPipe Holistic 0.10.14, the last 30 frames through
its Keras BiLSTM by predict() (weights as initialised: they cost the same), MediaPipe's drawing, text, window (Xvfb),
and 10 ms of waiting for a key, which are also told alone. The clip takes the camera's place; as with a camera,
decoding is part of the loop. A clip is a process of its own, as when it is started.
"""
import contextlib
import os
import resource
import subprocess
import sys
import time

STARTED = time.perf_counter()
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from display import display
from figures import WARM_UP_FRAMES, figure

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
        layers.Bidirectional(layers.LSTM(64, return_sequences=True, activation="tanh")),
        layers.Dropout(0.2),
        layers.Bidirectional(layers.LSTM(128, return_sequences=True, activation="tanh",
                                         kernel_regularizer=keras.regularizers.l2(0.01))),
        layers.Dropout(0.2),
        layers.Bidirectional(layers.LSTM(64, return_sequences=False, activation="tanh")),
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


def draw(image, results, colour):
    pose, hand = drawing.DrawingSpec(colour, 2, 4), drawing.DrawingSpec(colour, 2, 2)
    for part, lines, spec in ((results.pose_landmarks, holistic_module.POSE_CONNECTIONS, pose),
                              (results.left_hand_landmarks, holistic_module.HAND_CONNECTIONS, hand),
                              (results.right_hand_landmarks, holistic_module.HAND_CONNECTIONS, hand)):
        if part:
            drawing.draw_landmarks(image, part, lines, spec, spec)


def detect(image, holistic):
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    image.flags.writeable = False
    results = holistic.process(image)
    image.flags.writeable = True
    return cv2.cvtColor(image, cv2.COLOR_RGB2BGR), results


def judge(network, window):
    """True: right. predict() draws its progress bar, as it does there, but not among our figures."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        return int(numpy.argmax(network.predict(numpy.expand_dims(window, 0))[0])) == 0


def measure(name, clip):
    network = prototype_network()
    capture = cv2.VideoCapture(clip)
    window, wall, waited, first_s = [], [], [], None
    with holistic_module.Holistic(min_detection_confidence=0.5, min_tracking_confidence=0.5) as holistic:
        while True:
            begin = time.perf_counter()
            ok, frame = capture.read()
            if not ok:
                break
            image, results = detect(cv2.flip(frame, 1), holistic)
            if results.pose_landmarks or results.left_hand_landmarks or results.right_hand_landmarks:
                window = (window + [keypoints(results)])[-30:]
                if len(window) == 30:
                    is_right = judge(network, window)
                    colour = (0, 255, 0) if is_right else (0, 0, 255)
                    draw(image, results, colour)
                    cv2.putText(image, "Action: " + ("right" if is_right else "wrong"), (15, 50), cv2.FONT_HERSHEY_SIMPLEX,
                                1, colour, 2, cv2.LINE_AA)
            cv2.imshow("prototype", image)
            wait = time.perf_counter()
            cv2.waitKey(10)
            waited.append((time.perf_counter() - wait) * 1e3)
            if first_s is None:
                first_s = time.perf_counter() - STARTED
            wall.append((time.perf_counter() - begin) * 1e3)
    if len(wall) < 60:
        sys.exit(f"too few frames in {clip}")
    judged = sorted(wall[WARM_UP_FRAMES:])
    figure(f"{name} in a window: frames", 1e3 * len(judged) / sum(judged), "1/s", "higher")
    figure(f"{name} in a window: frames, with the first ones", 1e3 * len(wall) / sum(wall), "1/s", "higher")
    figure(f"{name} in a window: of a frame, waiting for a key", sum(waited[WARM_UP_FRAMES:]) / len(judged), "ms", "lower")
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
