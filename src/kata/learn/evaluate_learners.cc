// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/evaluate_learners.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/known_learner.h"
#include "kata/learn/learner_tuning.h"
#include "kata/learn/random.h"

namespace kata {
namespace {

using Places = std::vector<std::size_t>;

constexpr MirrorTuning kMirror;
constexpr std::array<std::string_view, 6> kWordsForRight = {"correct", "right", "1",
                                                            "true",    "yes",   "R"};

bool asks_for_learners(const EvaluationOptions& options) {
  return options.confirmed.right + options.confirmed.wrong > 0 || options.is_online;
}

bool is_by_group(const EvaluationSet& set, const EvaluationOptions& options) {
  return !set.group_names.empty() && options.protocol.kind != Protocol::Kind::kFolds &&
         options.protocol.kind != Protocol::Kind::kShots;
}

/// Class 0 right, class 1 wrong, as a judge has them; class 0 alone where nothing is wrong.
Dataset as_right_and_wrong(const Dataset& learned, std::size_t right) {
  Dataset result = learned;
  result.classes = {"correct"};
  for (std::size_t& label : result.labels) {
    label = label == right ? 0 : 1;
    if (label == 1) result.classes = {"correct", "incorrect"};
  }
  return result;
}

/// What is known of one learner while the protocol goes on.
class Pupil {
 public:
  Pupil(const MovementJudge& judge, const EvaluationSet& set, const EvaluationOptions& options)
      : judge_(judge),
        set_(set),
        right_(right_class(set.dataset.classes).value_or(0)),
        options_(options),
        learner_(judge.learner_tuning()) {}

  /// Chooses the learner's side by the first few.
  void look(std::span<const std::size_t> places) {
    if (options_.mirror == MirrorChoice::kOff || set_.mirrored.empty()) return;
    std::vector<double> ratios;
    for (const std::size_t place : places.first(std::min(kMirror.after, places.size()))) {
      ratios.push_back(judge_.distance_to_taught(set_.mirrored[place]) /
                       (judge_.distance_to_taught(set_.dataset.series[place]) + 1e-9));
    }
    std::sort(ratios.begin(), ratios.end());
    is_mirrored_ = ratios[ratios.size() / 2] < kMirror.nearer;
  }

  void confirm(std::size_t place) {
    const auto measured = judge_.measure(series(place));
    if (!measured) return;
    const bool is_right = set_.dataset.labels[place] == right_;
    learner_.add(*measured, is_right ? Label::kCorrect : Label::kIncorrect);
  }

  std::size_t judge(std::size_t place) {
    const auto measured = judge_.measure(series(place));
    const double right = measured ? learner_.right(*measured) : judge_.judge(series(place)).right;
    if (measured && options_.is_online) learner_.add(*measured);
    return right >= 0.5 ? right_ : 1 - right_;
  }

  bool is_right(std::size_t place) const { return set_.dataset.labels[place] == right_; }
  bool is_mirrored() const { return is_mirrored_; }

 private:
  const Series& series(std::size_t place) const {
    return is_mirrored_ ? set_.mirrored[place] : set_.dataset.series[place];
  }

  const MovementJudge& judge_;
  const EvaluationSet& set_;
  std::size_t right_;
  const EvaluationOptions& options_;
  KnownLearner learner_;
  bool is_mirrored_ = false;
};

/// Takes so many of each label out of `places`; nothing where there are too few.
std::optional<Places> take_confirmed(const Pupil& pupil, const Confirmed& wanted, Places& places) {
  Places taken;
  std::size_t left[2] = {wanted.wrong, wanted.right};
  for (const std::size_t place : places) {
    std::size_t& more = left[pupil.is_right(place) ? 1 : 0];
    if (more == 0) continue;
    --more;
    taken.push_back(place);
  }
  if (left[0] + left[1] > 0 || taken.size() == places.size()) return std::nullopt;
  std::erase_if(places,
                [&](std::size_t place) { return std::ranges::find(taken, place) != taken.end(); });
  return taken;
}

/// Of `places` ten in drawn order, so many percent of them right; fewer where there are fewer.
Places stream_of(const Pupil& pupil, const Places& places, int right_percent) {
  constexpr std::size_t kLength = 10;
  const auto right = static_cast<std::size_t>(std::lround(kLength * right_percent / 100.0));
  std::size_t left[2] = {kLength - right, right};
  Places stream;
  for (const std::size_t place : places) {
    std::size_t& more = left[pupil.is_right(place) ? 1 : 0];
    if (more == 0) continue;
    --more;
    stream.push_back(place);
  }
  return stream;
}

}  // namespace

Confirmed confirmed_from_text(std::string_view text) {
  Confirmed result;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    const char letter = digits < rest.size() ? rest[digits] : ' ';
    if (error != std::errc() || count > 1000 || (letter != 'R' && letter != 'W')) {
      throw Error(ErrorCode::kInvalidArgument,
                  "how many are confirmed is said as 2R or 1R1W, not " + std::string(text));
    }
    (letter == 'R' ? result.right : result.wrong) += count;
    rest.remove_prefix(digits + 1);
  }
  return result;
}

std::optional<std::size_t> right_class(const std::vector<std::string>& classes) {
  if (classes.size() != 2) return std::nullopt;
  for (const std::string_view word : kWordsForRight) {
    const auto found = std::ranges::find(classes, word);
    if (found != classes.end()) return static_cast<std::size_t>(found - classes.begin());
  }
  return std::nullopt;
}

bool is_judged_by_learner(const EvaluationSet& set, const EvaluationOptions& options) {
  const bool is_right_or_wrong = right_class(set.dataset.classes).has_value();
  const bool is_possible = is_right_or_wrong && is_by_group(set, options);
  if (is_possible || !asks_for_learners(options)) return is_possible;
  throw Error(ErrorCode::kInvalidArgument,
              is_right_or_wrong
                  ? "a learner's repetitions are confirmed where learners are told apart: --group"
                  : "repetitions are confirmed as right or wrong, but the classes are not such: "
                    "one must be called correct, right, R, 1, true or yes");
}

std::string words_for_learners(const EvaluationOptions& options) {
  const Confirmed& confirmed = options.confirmed;
  std::string words;
  if (confirmed.right + confirmed.wrong == 0) {
    words = "; nothing confirmed";
  } else {
    words = "; of each learner " + std::to_string(confirmed.right) + " right and " +
            std::to_string(confirmed.wrong) + " wrong confirmed";
  }
  if (options.is_online) words += ", learning on from the others";
  if (options.right_percent)
    words += ", streams of ten, " + std::to_string(*options.right_percent) + " % right";
  return words + (options.mirror == MirrorChoice::kOff ? ", no mirror" : "");
}

MovementJudge learn_right_from_wrong(const Dataset& learned, const ClassifierChoice& choice,
                                     std::stop_token stop) {
  const auto right = right_class(learned.classes);
  KATA_CHECK(right.has_value(), "a right and a wrong class");
  const Dataset dataset = as_right_and_wrong(learned, *right);
  const auto ids = dataset.repetition_ids();
  const std::size_t largest = ids.empty() ? 0 : *std::max_element(ids.begin(), ids.end());
  return MovementJudge::train(dataset, std::vector<std::string>(largest + 1), choice, stop);
}

std::vector<Answer> judge_learners(const MovementJudge& judge, const EvaluationSet& set,
                                   std::span<const std::size_t> places,
                                   const EvaluationOptions& options, std::uint64_t seed,
                                   LearnersJudged& count) {
  std::map<std::size_t, Places> by_learner;
  for (const std::size_t place : places) by_learner[set.dataset.groups[place]].push_back(place);
  std::vector<Answer> answers;
  for (auto& [group, mine] : by_learner) {
    Pupil pupil(judge, set, options);
    pupil.look(mine);
    Random random(seed + group);
    random.shuffle(mine);
    const auto confirmed = take_confirmed(pupil, options.confirmed, mine);
    if (!confirmed) {
      ++count.skipped;
      continue;
    }
    ++count.judged;
    count.mirrored += pupil.is_mirrored() ? 1 : 0;
    for (const std::size_t place : *confirmed) pupil.confirm(place);
    if (options.right_percent) mine = stream_of(pupil, mine, *options.right_percent);
    for (const std::size_t place : mine) answers.push_back({place, pupil.judge(place)});
  }
  return answers;
}

}  // namespace kata
