// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "kata/landmark/backoff.h"
#include "kata/landmark/body_belief.h"
#include "kata/landmark/face_tracker.h"
#include "kata/landmark/hand_pair.h"
#include "kata/landmark/hand_tracks.h"
#include "kata/landmark/landmarker.h"
#include "kata/landmark/networks.h"
#include "kata/landmark/pose_tracker.h"

namespace kata {

/// Hands first: the body leads to its hands where it does; hands to which no body leads are found
/// and followed by themselves, and a body that the hands contradict is not reported.
///
/// Without a body (LandmarkMode::kHands) these are the rules of MediaPipe Hands
/// (mediapipe/modules/hand_landmark/hand_landmark_tracking_cpu.pbtxt) with lasting sides.
class AutoLandmarker : public Landmarker {
 public:
  AutoLandmarker(Networks networks, const LandmarkerOptions& options);

  Landmarks detect(const ImageView& image, Timestamp timestamp) override;
  void expect(std::shared_ptr<const Image> image, Timestamp timestamp) override;
  void reset() override;

 private:
  struct Loading;
  AutoLandmarker(Loading loading, const LandmarkerOptions& options);
  std::optional<BodyInImage> look_for_body(const ImageView& image, Timestamp timestamp);
  void follow_hands(const ImageView& image, const BodyInImage* body, Timestamp timestamp,
                    const ExpectedImages& next);
  Regions regions_led_by(const BodyInImage& body);
  Regions follow_wrists(const ImageView& image, const BodyInImage& body, Regions& places);
  void look_back(const ImageView& image, const Regions& led, const Regions& own,
                 const PerSide<double>& least, Hands& found);
  std::vector<HandInImage> search_hands(const ImageView& image);
  void judge_body(const ImageView& image, const BodyInImage& body,
                  const std::vector<HandInImage>& searched, Timestamp timestamp);
  void add_searched(std::vector<HandInImage> searched, const BodyInImage* body,
                    Timestamp timestamp);
  Landmarks result(const ImageView& image, const BodyInImage* body, Timestamp timestamp);

  LandmarkerOptions options_;
  std::optional<PoseTracker> pose_;  ///< none in hands mode
  HandPair hand_pair_;
  Detector palms_;
  std::optional<Detector> faces_;  ///< to prove a body
  std::optional<FaceTracker> face_;

  BodyBelief belief_;
  HandTracks tracks_;
  Backoff pose_search_;
  Backoff hand_search_;
  PerSide<int> led_to_nothing_{};  ///< frames in a row in which the body's wrist led to nothing
  PerSide<bool> looked_back_{};    ///< the hand lost last is not where it was either
  ExpectedImages next_;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace kata
