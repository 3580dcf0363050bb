// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/landmark/clip.h"
#include "kata/landmark/landmarker.h"

namespace kata::bench {

/// Frames a second and processor time a frame, one frame in, its landmarks out.
void measure_live(const NamedClip& clip, const LandmarkerOptions& options);
/// Frames a second of a file from decoding to landmarks, all stages side by side.
void measure_file(const NamedClip& clip, const LandmarkerOptions& options);
/// Every hand of every frame, for bench/peers/hand_jitter.py; of a clip named still… its first
/// picture again and again.
void print_hands(const NamedClip& clip, const LandmarkerOptions& options);
/// How soon the first landmarks are there, and whether memory grows over a long run.
void measure_memory(const NamedClip& clip, const LandmarkerOptions& options);
/// What a tracked frame costs inside the networks and outside them.
void measure_stages(const NamedClip& clip);

}  // namespace kata::bench
