# SPDX-License-Identifier: Apache-2.0
"""What MediaPipe's solutions cost a frame: mediapipe_holistic.py CLIP [hands] [face] [frames=N].

The clip is decoded and turned to RGB before the clock starts; one frame in, its landmarks out.
MediaPipe Holistic always computes the face; the word "face" is accepted and changes nothing.
"""
import statistics
import sys
import time

import cv2
import mediapipe

words = sys.argv[2:]
most = next((int(w[7:]) for w in words if w.startswith("frames=")), 300)
capture = cv2.VideoCapture(sys.argv[1])
frames = []
while len(frames) < most:
    ok, frame = capture.read()
    if not ok:
        break
    frames.append(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))

solutions = mediapipe.solutions
loading = time.perf_counter()
solution = (solutions.hands.Hands(max_num_hands=2) if "hands" in words
            else solutions.holistic.Holistic(model_complexity=1))
load_ms = (time.perf_counter() - loading) * 1e3
wall, hands, cpu = [], 0, time.process_time()
for frame in frames:
    start = time.perf_counter()
    result = solution.process(frame)
    wall.append((time.perf_counter() - start) * 1e3)
    if "hands" in words:
        hands += len(result.multi_hand_landmarks or [])
    else:
        hands += (result.left_hand_landmarks is not None) + (result.right_hand_landmarks is not None)
cpu_ms = (time.process_time() - cpu) * 1e3 / len(frames)
wall.sort()
print(f"mediapipe: frames {len(wall)} hands {hands} load_ms {load_ms:.0f} mean_ms {statistics.mean(wall):.2f} "
      f"median_ms {wall[len(wall) // 2]:.2f} p95_ms {wall[len(wall) * 95 // 100]:.2f} cpu_ms {cpu_ms:.2f}")
