// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/judge_impl.h"

namespace kata {
namespace {

constexpr std::string_view kMagic = "KATAJUDG";
constexpr std::uint32_t kFormatVersion = 4;
constexpr std::uint8_t kHasPose = 1;
constexpr std::uint8_t kHasLeftHand = 2;
constexpr std::uint8_t kHasRightHand = 4;

void save_plan(ByteWriter& writer, const FeaturePlan& plan) {
  for (const bool part : {plan.with_arms, plan.with_legs, plan.with_left_hand, plan.with_right_hand,
                          plan.with_hand_paths}) {
    writer.put(static_cast<std::uint8_t>(part ? 1 : 0));
  }
  writer.put(plan.frames);
}

FeaturePlan load_plan(ByteReader& reader) {
  FeaturePlan plan;
  for (bool* part : {&plan.with_arms, &plan.with_legs, &plan.with_left_hand, &plan.with_right_hand,
                     &plan.with_hand_paths}) {
    *part = reader.number<std::uint8_t>() != 0;
  }
  plan.frames = reader.number<std::uint32_t>();
  ByteReader::expect(plan.frames >= 16 && plan.frames <= 1024 && !plan.is_empty());
  return plan;
}

template <std::size_t N>
void save_points(ByteWriter& writer, const std::array<PointInUnit, N>& points) {
  for (const PointInUnit& p : points) {
    writer.put(p.x);
    writer.put(p.y);
    writer.put(p.z);
  }
}

template <std::size_t N>
void load_points(ByteReader& reader, std::array<PointInUnit, N>& points) {
  for (PointInUnit& p : points) {
    p.x = reader.number<float>();
    p.y = reader.number<float>();
    p.z = reader.number<float>();
  }
}

void save_hand(ByteWriter& writer, const std::optional<Hand>& hand) {
  if (!hand) return;
  writer.put(hand->confidence);
  save_points(writer, hand->points);
}

Hand load_hand(ByteReader& reader) {
  Hand hand;
  hand.confidence = reader.number<float>();
  load_points(reader, hand.points);
  return hand;
}

void save_frame(ByteWriter& writer, const Landmarks& frame) {
  writer.put(frame.timestamp.time_since_epoch().count());
  writer.put(static_cast<std::int32_t>(frame.image_width));
  writer.put(static_cast<std::int32_t>(frame.image_height));
  writer.put(static_cast<std::uint8_t>((frame.pose ? kHasPose : 0) |
                                       (frame.left_hand ? kHasLeftHand : 0) |
                                       (frame.right_hand ? kHasRightHand : 0)));
  if (frame.pose) {
    writer.put(frame.pose->confidence);
    save_points(writer, frame.pose->points);
    for (const float visibility : frame.pose->visibility) writer.put(visibility);
  }
  save_hand(writer, frame.left_hand);
  save_hand(writer, frame.right_hand);
}

Landmarks load_frame(ByteReader& reader) {
  Landmarks frame;
  frame.timestamp = Timestamp(Duration(reader.number<Duration::rep>()));
  frame.image_width = reader.number<std::int32_t>();
  frame.image_height = reader.number<std::int32_t>();
  const auto parts = reader.number<std::uint8_t>();
  if ((parts & kHasPose) != 0) {
    frame.pose.emplace();
    frame.pose->confidence = reader.number<float>();
    load_points(reader, frame.pose->points);
    for (float& visibility : frame.pose->visibility) visibility = reader.number<float>();
  }
  if ((parts & kHasLeftHand) != 0) frame.left_hand = load_hand(reader);
  if ((parts & kHasRightHand) != 0) frame.right_hand = load_hand(reader);
  return frame;
}

void save_repetition(ByteWriter& writer, const Repetition& repetition) {
  writer.put(repetition.id);
  writer.put(repetition.take);
  writer.put_text(repetition.person);
  writer.put(static_cast<std::uint32_t>(repetition.frames.size()));
  for (const Landmarks& frame : repetition.frames) save_frame(writer, frame);
}

/// Prototypes come without world coordinates and face.
Repetition load_repetition(ByteReader& reader, const std::string& movement, Label label) {
  constexpr std::size_t kLeastFrame = 17;
  Repetition repetition;
  repetition.movement = movement;
  repetition.label = label;
  repetition.id = reader.number<std::int64_t>();
  repetition.take = reader.number<std::int64_t>();
  repetition.person = reader.text();
  const std::size_t frames = reader.count(kLeastFrame);
  for (std::size_t i = 0; i < frames; ++i) repetition.frames.push_back(load_frame(reader));
  return repetition;
}

void save_repetitions(ByteWriter& writer, const std::vector<Repetition>& repetitions) {
  writer.put(static_cast<std::uint32_t>(repetitions.size()));
  for (const Repetition& repetition : repetitions) save_repetition(writer, repetition);
}

std::vector<Repetition> load_repetitions(ByteReader& reader, const std::string& movement,
                                         Label label) {
  constexpr std::size_t kLeastRepetition = 24;
  std::vector<Repetition> repetitions;
  const std::size_t count = reader.count(kLeastRepetition);
  for (std::size_t i = 0; i < count; ++i) {
    repetitions.push_back(load_repetition(reader, movement, label));
  }
  return repetitions;
}

void save_movement(ByteWriter& writer, const TaughtMovement& movement) {
  movement.judge.save(writer);
  movement.explainer.save(writer);
  save_repetitions(writer, movement.prototypes);
  save_repetitions(writer, movement.wrong_prototypes);
}

/// Version 1 had no wrong prototypes, version 2 did not know where mistakes show, version 3
/// had no level.
TaughtMovement load_movement(ByteReader& reader, const std::string& name, std::uint32_t version) {
  TaughtMovement movement{
      MovementJudge::load(reader, version > 3), Explainer::load(reader, version > 2), {}, {}};
  movement.prototypes = load_repetitions(reader, name, Label::kCorrect);
  ByteReader::expect(!movement.prototypes.empty());
  if (version > 1) movement.wrong_prototypes = load_repetitions(reader, name, Label::kIncorrect);
  return movement;
}

}  // namespace

std::string Judge::save() const {
  ByteWriter writer;
  for (const char letter : kMagic) writer.put(letter);
  writer.put(kFormatVersion);
  save_plan(writer, impl_->plan);
  writer.put(static_cast<std::uint32_t>(impl_->movements.size()));
  for (std::size_t i = 0; i < impl_->movements.size(); ++i) {
    writer.put_text(impl_->movements[i]);
    save_movement(writer, impl_->taught[i]);
  }
  if (impl_->which) save_classifier(writer, *impl_->which);
  return writer.take();
}

Judge Judge::load(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) {
    throw Error(ErrorCode::kCorrupt, "these bytes are not a trained judge");
  }
  ByteReader reader(bytes.substr(kMagic.size()));
  const auto version = reader.number<std::uint32_t>();
  if (version > kFormatVersion) {
    throw Error(ErrorCode::kUnsupported,
                "the craft was trained by a newer version of this program (judge format " +
                    std::to_string(version) + ", this program reads up to " +
                    std::to_string(kFormatVersion) + "); train it again or update");
  }
  JudgeKnowledge knowledge;
  knowledge.plan = load_plan(reader);
  const std::size_t movements = reader.count(32);
  ByteReader::expect(movements > 0);
  for (std::size_t i = 0; i < movements; ++i) {
    knowledge.movements.push_back(reader.text());
    knowledge.taught.push_back(load_movement(reader, knowledge.movements.back(), version));
  }
  if (movements > 1) knowledge.which = load_classifier(reader);
  ByteReader::expect(reader.is_at_end());
  return JudgeBuilder::build(std::move(knowledge));
}

}  // namespace kata
