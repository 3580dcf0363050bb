// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifiers.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/combined_classifier.h"
#include "kata/learn/neighbours_classifier.h"
#include "kata/learn/rocket_classifier.h"

namespace kata {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"auto", "rocket", "neighbours"};

/// Mean log-likelihood of the truth among held-out examples, with a floor against outliers.
double held_out_quality(const TrainedClassifier& trained, const Dataset& dataset) {
  double sum = 0;
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    sum += std::log(std::max(trained.held_out[i][dataset.labels[i]], 0.01));
  }
  return sum / static_cast<double>(dataset.size());
}

RocketClassifierOptions rocket_options(std::uint64_t seed) {
  RocketClassifierOptions options;
  options.transform.seed = seed;
  return options;
}

TrainedClassifier train_auto(const Dataset& dataset, std::uint64_t seed) {
  TrainedClassifier rocket = train_rocket(dataset, rocket_options(seed));
  TrainedClassifier neighbours = train_neighbours(dataset);
  // Weights by how likely each makes what it was not shown; a clearly worse one is left out.
  const double gap = held_out_quality(neighbours, dataset) - held_out_quality(rocket, dataset);
  constexpr double kSteepness = 10;
  const double weight = 1 / (1 + std::exp(-kSteepness * gap));
  if (weight < 0.05) return rocket;
  TrainedClassifier combined;
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    std::vector<double> mixed = rocket.held_out[i];
    for (std::size_t k = 0; k < mixed.size(); ++k) {
      mixed[k] = (1 - weight) * mixed[k] + weight * neighbours.held_out[i][k];
    }
    combined.held_out.push_back(std::move(mixed));
  }
  std::vector<CombinedClassifier::Part> parts;
  if (weight < 0.95) parts.push_back({1 - weight, std::move(rocket.classifier)});
  parts.push_back({weight, std::move(neighbours.classifier)});
  combined.classifier = std::make_unique<CombinedClassifier>(std::move(parts));
  return combined;
}

[[noreturn]] void fail_unsupported(std::string_view kind) {
  throw Error(ErrorCode::kUnsupported,
              "this build has no classifier named \"" + std::string(kind) + "\"");
}

std::unique_ptr<Classifier> load_of_kind(ByteReader& reader, std::string_view kind,
                                         bool may_be_combined) {
  if (kind == "rocket") return RocketClassifier::load(reader);
  if (kind == "neighbours") return NeighboursClassifier::load(reader);
  if (kind == "combined" && may_be_combined) return CombinedClassifier::load(reader);
  fail_unsupported(kind);
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
  for (const std::string_view kind : kKinds) known += (known.empty() ? "" : ", ") + std::string(kind);
  throw Error(ErrorCode::kInvalidArgument,
              "there is no classifier \"" + std::string(name) + "\"; there are: " + known);
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
    case ClassifierKind::kBilstm:
      break;
  }
  fail_unsupported(to_string(choice.kind));
}

void save_classifier(ByteWriter& writer, const Classifier& classifier) {
  writer.put_text(classifier.kind());
  classifier.save(writer);
}

std::unique_ptr<Classifier> load_classifier(ByteReader& reader) {
  return load_of_kind(reader, reader.text(), true);
}

std::unique_ptr<Classifier> load_single_classifier(ByteReader& reader) {
  return load_of_kind(reader, reader.text(), false);
}

}  // namespace kata
