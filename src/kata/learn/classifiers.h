// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "kata/learn/classifier.h"
#include "kata/learn/judge.h"
#include "kata/learn/training_epoch.h"

namespace kata {

/// The kinds this build can train, in the order in which people should see them.
std::span<const std::string_view> classifier_kinds();

/// "auto", "rocket", … Throws Error{kInvalidArgument} listing the kinds there are.
ClassifierKind classifier_kind_from_name(std::string_view name);
std::string_view to_string(ClassifierKind kind);

struct ClassifierChoice {
  ClassifierKind kind = ClassifierKind::kAuto;
  std::uint64_t seed = 1;
  EpochWatch on_epoch = {};  ///< of kinds that learn by epochs
};

/// Learns with the chosen kind. kAuto combines by what the held-out examples say.
/// Throws Error{kUnsupported} for a kind that this build lacks.
TrainedClassifier train_classifier(const Dataset& dataset, const ClassifierChoice& choice,
                                   std::stop_token stop = {});

/// Convolutions and postures, weighted by what each says of held-out examples.
TrainedClassifier train_ridges(const Dataset& dataset, std::uint64_t seed, float hand_weight);

/// How much a neighbours' score counts beside a rocket's: on a 4:1 ratio of distances, about four
/// times; on a near draw, nothing.
inline constexpr double kNeighboursWeight = 12;

/// Kind and content of any classifier.
void save_classifier(ByteWriter& writer, const Classifier& classifier);
/// Throws Error{kCorrupt}, or {kUnsupported} for a kind that this build lacks. Combinations nest at
/// most so deep: a hostile file must not nest without end.
std::unique_ptr<Classifier> load_classifier(ByteReader& reader, int combinations_left = 2);

}  // namespace kata
