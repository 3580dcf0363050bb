// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifiers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/bilstm_classifier.h"
#include "kata/learn/combined_classifier.h"
#include "kata/learn/neighbours_classifier.h"
#include "kata/learn/posture_classifier.h"
#include "kata/learn/rocket_classifier.h"

namespace kata {
namespace {

#ifdef KATA_WITH_TORCH
constexpr std::array<std::string_view, 4> kKinds = {"auto", "rocket", "neighbours", "bilstm"};
#else
constexpr std::array<std::string_view, 3> kKinds = {"auto", "rocket", "neighbours"};
#endif

RocketClassifierOptions rocket_options(std::uint64_t seed) {
  RocketClassifierOptions options;
  options.transform.seed = seed;
  return options;
}

struct Member {
  TrainedClassifier trained;
  double weight = 1;
};

/// What the report tells of a part: itself, or its own members.
void add_figures(const Dataset& dataset, const Member& member, std::vector<MemberFigure>& figures) {
  if (member.trained.members.empty()) {
    figures.push_back({std::string(member.trained.classifier->kind()), member.weight,
                       held_out_accuracy(member.trained.held_out, dataset)});
  }
  for (MemberFigure figure : member.trained.members) {
    figure.weight *= member.weight;
    figures.push_back(std::move(figure));
  }
}

TrainedClassifier combined(const Dataset& dataset, Member first, Member second) {
  TrainedClassifier result;
  add_figures(dataset, first, result.members);
  add_figures(dataset, second, result.members);
  for (std::size_t i = 0; i < first.trained.held_out.size(); ++i) {
    result.held_out.push_back(first.weight * first.trained.held_out[i] +
                              second.weight * second.trained.held_out[i]);
  }
  std::vector<CombinedClassifier::Part> parts;
  parts.push_back({first.weight, std::move(first.trained.classifier)});
  parts.push_back({second.weight, std::move(second.trained.classifier)});
  result.classifier = std::make_unique<CombinedClassifier>(std::move(parts));
  calibrate(result, dataset);
  return result;
}

/// On clear cases the neighbours decide, else the ridges.
TrainedClassifier train_auto(const Dataset& dataset, std::uint64_t seed) {
  TrainedClassifier neighbours = train_neighbours(dataset);
  const float hand_weight =
      static_cast<const NeighboursClassifier&>(*neighbours.classifier).hand_weight();
  return combined(dataset, {train_ridges(dataset, seed, hand_weight), 1.0},
                  {std::move(neighbours), kNeighboursWeight});
}

[[noreturn]] void fail_unsupported(std::string_view kind) {
  throw Error(ErrorCode::kUnsupported,
              "this build has no classifier named \"" + std::string(kind) + "\"");
}

std::unique_ptr<Classifier> load_content(ByteReader& reader, std::string_view kind,
                                         int combinations_left) {
  if (kind == "rocket") return RocketClassifier::load(reader);
  if (kind == "posture") return PostureClassifier::load(reader);
  if (kind == "neighbours") return NeighboursClassifier::load(reader);
  if (kind == "bilstm") return BilstmClassifier::load(reader);
  if (kind == "combined" && combinations_left > 0) {
    return CombinedClassifier::load(reader, combinations_left - 1);
  }
  fail_unsupported(kind);
}

std::unique_ptr<Classifier> load_checked(ByteReader& reader, int combinations_left) {
  const std::string kind = reader.text();
  const auto sharpness = reader.number<double>();
  ByteReader::expect(sharpness > 0 && sharpness < 1e6);
  std::unique_ptr<Classifier> classifier = load_content(reader, kind, combinations_left);
  classifier->set_sharpness(sharpness);
  return classifier;
}

}  // namespace

std::span<const std::string_view> classifier_kinds() { return kKinds; }

std::string_view to_string(ClassifierKind kind) {
  switch (kind) {
    case ClassifierKind::kAuto:
      return "auto";
    case ClassifierKind::kRocket:
      return "rocket";
    case ClassifierKind::kNeighbours:
      return "neighbours";
    case ClassifierKind::kBilstm:
      return "bilstm";
  }
  return "";
}

ClassifierKind classifier_kind_from_name(std::string_view name) {
  for (const ClassifierKind kind : {ClassifierKind::kAuto, ClassifierKind::kRocket,
                                    ClassifierKind::kNeighbours, ClassifierKind::kBilstm}) {
    if (to_string(kind) == name) return kind;
  }
  std::string known;
  for (const std::string_view kind : kKinds)
    known += (known.empty() ? "" : ", ") + std::string(kind);
  throw Error(ErrorCode::kInvalidArgument,
              "there is no classifier \"" + std::string(name) + "\"; there are: " + known);
}

TrainedClassifier train_ridges(const Dataset& dataset, std::uint64_t seed, float hand_weight) {
  TrainedClassifier rocket = train_rocket(dataset, rocket_options(seed));
  TrainedClassifier posture = train_posture(dataset, {.hand_weight = hand_weight});
  // Postures tell persons apart as well as movements, so they must be four times as sure of what
  // they were not shown before they count as much.
  const double ratio = held_out_error(rocket.held_out, dataset) /
                       std::max(held_out_error(posture.held_out, dataset), 1e-9);
  const double share = std::max(1 / (1 + std::pow(ratio, 4) / 256), 1e-6);
  return combined(dataset, {std::move(rocket), share}, {std::move(posture), 1 - share + 1e-6});
}

TrainedClassifier train_classifier(const Dataset& dataset, const ClassifierChoice& choice,
                                   std::stop_token stop) {
  if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "training was stopped");
  switch (choice.kind) {
    case ClassifierKind::kAuto:
      return train_auto(dataset, choice.seed);
    case ClassifierKind::kRocket:
      return train_rocket(dataset, rocket_options(choice.seed));
    case ClassifierKind::kNeighbours:
      return train_neighbours(dataset);
    case ClassifierKind::kBilstm: {
      BilstmOptions options;
      options.schedule.seed = choice.seed;
      return train_bilstm(dataset, options, choice.on_epoch, stop);
    }
  }
  fail_unsupported(to_string(choice.kind));
}

void save_classifier(ByteWriter& writer, const Classifier& classifier) {
  writer.put_text(classifier.kind());
  writer.put(classifier.sharpness());
  classifier.save(writer);
}

std::unique_ptr<Classifier> load_classifier(ByteReader& reader, int combinations_left) {
  return load_checked(reader, combinations_left);
}

}  // namespace kata
