// SPDX-License-Identifier: Apache-2.0
// Where the right index finger's tip is in each frame of a video: print_landmarks VIDEO
#include <iostream>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"

int main(int, char** arguments) {
  const auto source = kata::make_source(arguments[1]);
  const auto landmarker = kata::make_landmarker();
  while (const auto frame = source->next()) {
    const kata::Landmarks seen = landmarker->detect(frame->image->view(), frame->timestamp);
    if (!seen.right_hand) continue;
    const kata::PointInUnit tip = seen.right_hand->points[8];
    std::cout << frame->index << ' ' << tip.x << ' ' << tip.y << '\n';
  }
}
