// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/auto_landmarker.h"

#include <algorithm>
#include <cstddef>
#include <future>
#include <utility>

#include "kata/core/threads.h"

namespace kata {
namespace {

// The detectors cost as much as everything else in a frame; what they did not find a moment ago is
// looked for less and less often.
constexpr Duration kShortestPoseSearchPause{5'000};
constexpr Duration kShortestHandSearchPause{30'000};
constexpr Duration kLongestPoseSearchPause{500'000};
constexpr Duration kLongestHandSearchPause{500'000};
/// A body's wrists find a hand again sooner than the palm detector, which sees no small hands.
constexpr Duration kWristsFirst{250'000};
/// A wrist that led to nothing at all for so many frames is looked at every other frame.
constexpr int kPatience = 10;
constexpr double kNothing = 0.02;  ///< presence; what comes near to a hand is looked at every time
/// Of 168 regions of which less lay in the picture none showed a hand (docs/decisions/0112).
constexpr double kLeastShareInImage = 0.1;
constexpr double kSamePlace = 0.8;  ///< overlap over union of two regions of which one is enough
/// A hand that was there a moment ago may be less certain than a new one: less flicker.
constexpr double kLeastFollowedPresence = 0.3;
constexpr std::size_t kMostHands = 2;
constexpr std::size_t kMostPalms = 4;  ///< looked at in one search

}  // namespace

/// The networks, side by side: on several cores they are ready sooner than one after the other.
struct AutoLandmarker::Loading {
  Loading(Networks& networks, const LandmarkerOptions& options) {
    const auto beside = [](auto load) {
      return std::async(kHasThreads ? std::launch::async : std::launch::deferred, load);
    };
    if (options.mode != LandmarkMode::kHands) {
      pose_detector = beside([&networks] { return networks.pose_detector(); });
      pose = beside([&networks] { return networks.pose(); });
      face_detector = beside([&networks] { return networks.face_detector(); });
    }
    recrop = beside([&networks] { return networks.hand_recrop(); });
    hand = beside([&networks] { return networks.hand(); });
    palm_detector = beside([&networks] { return networks.palm_detector(); });
  }

  std::future<Detector> pose_detector;
  std::future<PoseNetwork> pose;
  std::future<Detector> face_detector;
  std::future<Network> recrop;
  std::future<Network> hand;
  std::future<Detector> palm_detector;
};

AutoLandmarker::AutoLandmarker(Networks networks, const LandmarkerOptions& options)
    : AutoLandmarker(Loading(networks, options), options) {
  if (options.with_face && options.mode != LandmarkMode::kHands)
    face_.emplace(networks.face_detector(), networks.face());
}

AutoLandmarker::AutoLandmarker(Loading loading, const LandmarkerOptions& options)
    : options_(options),
      hand_pair_(loading.recrop.get(), loading.hand.get()),
      palms_(loading.palm_detector.get()),
      pose_search_(kShortestPoseSearchPause, kLongestPoseSearchPause),
      hand_search_(kShortestHandSearchPause, kLongestHandSearchPause) {
  if (options.mode == LandmarkMode::kHands) return;
  pose_.emplace(loading.pose_detector.get(), loading.pose.get(), !options.is_single_images);
  faces_.emplace(loading.face_detector.get());
}

void AutoLandmarker::expect(std::shared_ptr<const Image> image, Timestamp timestamp) {
  if (!options_.is_single_images) next_.push_back({std::move(image), timestamp});
}

void AutoLandmarker::reset() {
  next_.clear();
  if (pose_) pose_->reset();
  if (face_) face_->reset();
  belief_.reset();
  tracks_.reset();
  led_to_nothing_ = {};
  looked_back_ = {};
  pose_search_.reset();
  hand_search_.reset();
}

Landmarks AutoLandmarker::detect(const ImageView& image, Timestamp timestamp) {
  const auto next = std::exchange(next_, {});
  if (options_.is_single_images || image.width != width_ || image.height != height_) reset();
  width_ = image.width;
  height_ = image.height;
  if (image.is_empty()) return result(image, nullptr, timestamp);

  const std::optional<BodyInImage> body = look_for_body(image, timestamp);
  const auto believed = [&] { return body && belief_.is_believed() ? &*body : nullptr; };
  follow_hands(image, believed(), timestamp, next);
  std::vector<HandInImage> searched;
  const bool is_searching =
      tracks_.seen() < static_cast<int>(kMostHands) && hand_search_.is_due(timestamp);
  if (is_searching) searched = search_hands(image);
  if (body) judge_body(image, *body, searched, timestamp);
  if (is_searching) add_searched(std::move(searched), believed(), timestamp);
  if (tracks_.seen() == static_cast<int>(kMostHands)) {
    if (believed() != nullptr) {
      hand_search_.rest(timestamp, kWristsFirst);
    } else {
      hand_search_.reset();
    }
  } else if (is_searching) {
    hand_search_.fail(timestamp);
  }
  tracks_.settle_sides(believed());
  return result(image, believed(), timestamp);
}

/// A body that is not believed is looked at now and then only, to see whether it proves itself.
std::optional<BodyInImage> AutoLandmarker::look_for_body(const ImageView& image,
                                                         Timestamp timestamp) {
  if (!pose_ || !pose_search_.is_due(timestamp)) return std::nullopt;
  pose_->start(image, timestamp);
  auto body = pose_->finish();
  if (body && belief_.is_believed()) {
    pose_search_.reset();
  } else {
    pose_search_.fail(timestamp);
    if (body) pose_->lose();
  }
  return body;
}

/// The wrists' wide regions; sides take turns where both have led to nothing for a while.
Regions AutoLandmarker::regions_led_by(const BodyInImage& body) {
  Regions regions = regions_from_wrists(body);
  for (const std::size_t i : {0u, 1u}) {
    const int count = led_to_nothing_[i];
    if (count >= kPatience && static_cast<std::size_t>(count % 2) == i) {
      regions[i].reset();
      ++led_to_nothing_[i];
    }
  }
  return regions;
}

/// Where the wrists lead, which comes before `places`. A hand that they lead out of the picture is
/// not looked for at all, unless it was seen a moment ago.
Regions AutoLandmarker::follow_wrists(const ImageView& image, const BodyInImage& body,
                                      Regions& places) {
  PerSide<bool> is_outside{};
  const auto without_outside = [&](Regions regions) {
    for (const std::size_t i : {0u, 1u}) {
      if (!regions[i]) continue;
      if (share_in_image(*regions[i], image.width, image.height) >= kLeastShareInImage) continue;
      regions[i].reset();
      is_outside[i] = true;
    }
    return regions;
  };
  hand_pair_.start_recrop(image, without_outside(regions_led_by(body)));
  const Regions led =
      without_outside(followed_regions(tracks_.hands(), hand_pair_.finish_recrop()));
  for (const Side side : kSides) {
    const std::size_t i = index(side);
    if (led[i]) places[i] = led[i];
    if (is_outside[i] && !tracks_.is_seen(side)) places[i].reset();
  }
  return led;
}

void AutoLandmarker::follow_hands(const ImageView& image, const BodyInImage* body,
                                  Timestamp timestamp, const ExpectedImages& next) {
  const Regions own = tracks_.regions(timestamp);
  Regions first = own;
  Regions led;
  if (body != nullptr) {
    pose_->follow_ahead(next);
    led = follow_wrists(image, *body, first);
  }
  PerSide<double> least = kLeastPresences;
  for (const Side side : kSides) {
    if (tracks_.is_seen(side)) least[index(side)] = kLeastFollowedPresence;
  }
  hand_pair_.start(image, first);
  if (face_ && body != nullptr) face_->start(image, *body);  // beside the hands
  Hands found = hand_pair_.finish(least);
  for (const std::size_t i : {0u, 1u}) {
    if (!led[i]) continue;
    led_to_nothing_[i] = hand_pair_.presences()[i] < kNothing ? led_to_nothing_[i] + 1 : 0;
  }
  look_back(image, led, own, least, found);
  tracks_.update(found, timestamp);
}

/// Where the body's word led to nothing, the hand may still be where it was.
void AutoLandmarker::look_back(const ImageView& image, const Regions& led, const Regions& own,
                               const PerSide<double>& least, Hands& found) {
  Regions places;
  for (const std::size_t i : {0u, 1u}) {
    if (found[i]) looked_back_[i] = false;
    if (found[i] || !own[i] || !led[i] || looked_back_[i]) continue;
    if (intersection_over_union(unrotated_box(*own[i]), unrotated_box(*led[i])) < kSamePlace) {
      places[i] = own[i];
    }
  }
  if (!places[0] && !places[1]) return;
  const Hands rest = hand_pair_.detect(image, places, least);
  for (const std::size_t i : {0u, 1u}) {
    if (rest[i]) found[i] = rest[i];
    if (places[i]) looked_back_[i] = !rest[i];
  }
}

std::vector<HandInImage> AutoLandmarker::search_hands(const ImageView& image) {
  std::vector<RectInImage> places;
  for (const Detection& palm : palms_.detect(image, whole_image_square(image))) {
    const RectInImage place = region_from_palm(palm.box, palm.keypoints[0], palm.keypoints[2]);
    if (!tracks_.is_known(place) && places.size() < kMostPalms) places.push_back(place);
  }
  std::vector<HandInImage> hands;
  for (std::size_t i = 0; i < places.size(); i += 2) {
    Regions regions;
    for (std::size_t k = i; k < std::min(i + 2, places.size()); ++k) regions[k - i] = places[k];
    for (auto& hand : hand_pair_.detect(image, regions)) {
      if (hand) hands.push_back(*hand);
    }
  }
  return hands;
}

void AutoLandmarker::judge_body(const ImageView& image, const BodyInImage& body,
                                const std::vector<HandInImage>& searched, Timestamp timestamp) {
  std::vector<HandInImage> hands = searched;
  for (const auto& hand : tracks_.hands()) {
    if (hand) hands.push_back(*hand);
  }
  BodyEvidence evidence = evidence_of_hands(body, hands);
  if (evidence == BodyEvidence::kAgainst &&
      !faces_->detect(image, region_from_body_face(body)).empty()) {
    belief_.prove();
    evidence = BodyEvidence::kFor;
  }
  const bool was_believed = belief_.is_believed();
  belief_.update(evidence, timestamp);
  if (was_believed && !belief_.is_believed()) {
    pose_->lose();
    pose_search_.fail(timestamp);
  }
}

void AutoLandmarker::add_searched(std::vector<HandInImage> searched, const BodyInImage* body,
                                  Timestamp timestamp) {
  if (body != nullptr) {
    std::erase_if(searched, [&](const HandInImage& hand) { return !is_hand_of(*body, hand); });
  }
  tracks_.add(searched, body, timestamp);
}

Landmarks AutoLandmarker::result(const ImageView& image, const BodyInImage* body,
                                 Timestamp timestamp) {
  Landmarks landmarks;
  landmarks.timestamp = timestamp;
  landmarks.image_width = image.width;
  landmarks.image_height = image.height;
  if (image.is_empty()) return landmarks;
  const Hands hands = tracks_.smoothed();
  for (const Side side : kSides) {
    if (const auto& hand = hands[index(side)]) {
      landmarks.hand(side) = hand_from_image(*hand, image.width, image.height);
    }
  }
  const auto face = face_ ? face_->finish() : std::nullopt;
  if (body == nullptr) {
    if (face_) face_->reset();
    return landmarks;
  }
  landmarks.pose = pose_from_image(*body, image.width, image.height);
  if (face) landmarks.face = face_from_image(*face, image.width, image.height);
  return landmarks;
}

}  // namespace kata
