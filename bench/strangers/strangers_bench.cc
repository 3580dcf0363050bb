// SPDX-License-Identifier: Apache-2.0
// How many repetitions of people whom nobody taught from are found in streams of landmarks, how
// many of those are judged rightly, and what is said falsely: by movement, camera angle, hand and
// size.
//
//   strangers_bench HALF SOURCE… [truth] [details] [foreign=N] [views] [today] [unlearned]
//   [confirm=N]
//
// HALF: development or confirmation. Constants are chosen on the first alone, and the second is
// looked at once, when all is chosen. They share no movement, and of the generated streams no
// person. SOURCE: tracked:CLIPS:TRACKS   rendered clips' truth, and what `kata track --jsonl` wrote
// of them
//         points:FOLDER          landmarks that the generator made, with their truth
//         foreign:FOLDER         the same of movements that no craft has
// The first source that has a teacher's takes of a movement teaches it. truth: cut by the truth and
// not as `kata teach` cuts. foreign=N: every N-th stream of the other movements is watched, too.
// unlearned: nothing is believed of a learner. confirm=N: the first N right ones found are
// confirmed. today: by the alignment alone that the coach had before. views: takes named
// NAME-view-… teach as well.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "kata/learn/judge.h"
#include "stranger_stream.h"
#include "watch_score.h"

namespace kata::bench {
namespace {

const std::set<std::string>& movements_of(const std::string& half) {
  static const std::map<std::string, std::set<std::string>> halves = {
      {"development", {"polish", "hammer", "fold", "knead", "roll", "brush", "squat"}},
      {"confirmation", {"saw", "hello", "screw", "sew", "please", "side_raise"}}};
  return halves.at(half);
}

/// People of the generated streams.
bool is_of_half(const std::string& half, const std::string& person) {
  static const std::set<std::string> development = {"ada", "bruno", "chen", "dayo", "elif"};
  return development.contains(person) == (half == "development");
}

struct Asked {
  std::string half;
  bool by_truth = false;
  bool with_details = false;
  bool with_views = false;
  bool with_finder = true;
  bool with_learner = true;
  int confirmed_right = 0;
  std::size_t foreign_every = 0;
  std::vector<StrangerStream> streams;
  std::vector<StrangerStream> foreign;
};

bool begins_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

void add_source(Asked& asked, const std::string& word) {
  const auto colon = word.find(':');
  const std::string kind = word.substr(0, colon), rest = word.substr(colon + 1);
  const auto second = rest.find(':');
  const std::string folder = rest.substr(0, second);
  const std::string tracks = second == std::string::npos ? folder : rest.substr(second + 1);
  auto streams = load_streams(folder, tracks, kind == "tracked");
  auto& to = kind == "foreign" ? asked.foreign : asked.streams;
  std::move(streams.begin(), streams.end(), std::back_inserter(to));
}

Asked asked_by(int count, char** words) {
  Asked asked;
  asked.half = words[1];
  for (int i = 2; i < count; ++i) {
    const std::string word = words[i];
    if (word == "truth")
      asked.by_truth = true;
    else if (word == "details")
      asked.with_details = true;
    else if (word == "views")
      asked.with_views = true;
    else if (word == "today")
      asked.with_finder = false;
    else if (word == "unlearned")
      asked.with_learner = false;
    else if (begins_with(word, "confirm="))
      asked.confirmed_right = std::stoi(word.substr(8));
    else if (begins_with(word, "foreign="))
      asked.foreign_every = std::stoul(word.substr(8));
    else
      add_source(asked, word);
  }
  return asked;
}

const StrangerStream* take_named(const Asked& asked, const std::string& name) {
  for (const StrangerStream& one : asked.streams) {
    if (one.take.name == name) return &one;
  }
  return nullptr;
}

std::shared_ptr<const Judge> taught(const Asked& asked, const std::string& movement) {
  std::vector<ShownTake> shown;
  const auto show = [&](const std::string& kind, Label label) {
    const StrangerStream* take = take_named(asked, movement + "-teacher-" + kind);
    if (take == nullptr) return;
    shown.push_back({take->take, label});
  };
  show("right", Label::kCorrect);
  show("wrong", Label::kIncorrect);
  if (shown.size() < 2) return nullptr;
  if (asked.with_views) {
    for (const char* view : {"left", "right"}) {
      show(std::string("right-view-") + view, Label::kCorrect);
      show(std::string("wrong-view-") + view, Label::kIncorrect);
    }
  }
  std::vector<Repetition> lessons;
  if (asked.by_truth) {
    for (std::size_t i = 0; i < shown.size(); ++i)
      teach_by_truth(lessons, shown[i].take, static_cast<std::int64_t>(i) + 1);
  } else {
    lessons = taught_by_cut(shown);
  }
  std::printf("taught %s: %zu repetitions\n", movement.c_str(), lessons.size());
  TrainOptions options;
  options.may_be_few = true;
  options.with_report = false;
  return train_judge(lessons, options).judge;
}

using Table = std::map<std::string, WatchScore>;

std::string angle_of(const StrangerStream& stream) {
  const double yaw = std::abs(stream.yaw_deg);
  return yaw <= 18 ? "00-18" : yaw <= 30 ? "18-30" : yaw <= 45 ? "30-40" : "side";
}

void add(Table& table, const StrangerStream& stream, const WatchScore& one) {
  const std::string source = stream.is_tracked ? "tracked " : "points  ";
  table[source + "all"] += one;
  table[source + "movement " + stream.movement] += one;
  table[source + "angle " + angle_of(stream)] += one;
  table[source + (stream.is_left_handed ? "hand left" : "hand right")] += one;
  table[source + "size " +
        (stream.size < 0.92   ? "small"
         : stream.size > 1.08 ? "large"
                              : "usual")] += one;
}

/// What is known to differ of a stream.
std::set<HintCause> true_causes(const StrangerStream& stream) {
  std::set<HintCause> causes;
  if (stream.is_left_handed) causes.insert(HintCause::kOtherHand);
  if (std::abs(stream.yaw_deg) > 18) causes.insert(HintCause::kCameraSide);
  if (stream.size > 1.08) causes.insert(HintCause::kLarger);
  if (stream.size < 0.92) causes.insert(HintCause::kSmaller);
  if (stream.tempo > 1.25) causes.insert(HintCause::kFaster);
  if (stream.tempo < 0.8) causes.insert(HintCause::kSlower);
  return causes;
}

/// Of streams of which fewer than half are found, and of those that go well.
struct HintScore {
  int poor = 0, poor_told = 0, poor_true = 0;
  int good = 0, good_told = 0;

  void add(const StrangerStream& stream, const WatchScore& one, const Watching& watching) {
    const std::set<HintCause> causes = true_causes(stream);
    const bool is_told = !watching.hints.empty();
    if (2 * one.found < one.truth) {
      ++poor;
      poor_told += is_told ? 1 : 0;
      poor_true += std::any_of(watching.hints.begin(), watching.hints.end(),
                               [&](const Hint& hint) { return causes.contains(hint.cause); })
                       ? 1
                       : 0;
    } else if (10 * one.found >= 9 * one.truth) {
      ++good;
      const bool is_mirror =
          is_told && watching.hints.front().cause == HintCause::kOtherHand && stream.is_left_handed;
      good_told += is_told && !is_mirror ? 1 : 0;
    }
  }
};

/// Verdicts on streams in which the craft's movement does not occur.
struct Foreign {
  int verdicts = 0;
  double watched_s = 0;
};

void print(const Table& table, const std::map<std::string, Foreign>& foreign) {
  for (const auto& [name, s] : table) {
    std::printf("%-28s found %4d of %4d (%3.0f %%)  judged right %4d (%3.0f %%)  false %3d\n",
                name.c_str(), s.found, s.truth, 100 * s.recall(), s.agreed, 100 * s.agreement(),
                s.false_verdicts);
  }
  for (const auto& [name, f] : foreign)
    std::printf("foreign %-20s %3d verdicts in %6.1f min\n", name.c_str(), f.verdicts,
                f.watched_s / 60);
}

class Lab {
 public:
  explicit Lab(Asked asked) : asked_(std::move(asked)) {}

  void run() {
    for (const std::string& movement : movements_of(asked_.half)) {
      const auto judge = taught(asked_, movement);
      if (!judge) continue;
      run_own(movement, judge);
      if (asked_.foreign_every > 0) run_foreign(movement, judge);
    }
    print(table_, foreign_);
    std::printf(
        "hints: of %d streams found by less than half %d told, a true cause %d; of %d that go "
        "well %d told\n",
        hints_.poor, hints_.poor_told, hints_.poor_true, hints_.good, hints_.good_told);
    std::printf("%.2f ms a frame\n", milliseconds_ / std::max(1, watched_));
  }

 private:
  CoachOptions options() const {
    CoachOptions chosen;
    chosen.with_finder = asked_.with_finder;
    chosen.with_learner = asked_.with_learner;
    return chosen;
  }

  void run_own(const std::string& movement, const std::shared_ptr<const Judge>& judge) {
    for (const StrangerStream& stream : asked_.streams) {
      if (stream.movement != movement || stream.is_teacher) continue;
      const bool is_generated = stream.take.name.find("learner-") != std::string::npos &&
                                stream.take.name.size() > movement.size() + 12;
      if (is_generated && !is_of_half(asked_.half, stream.person)) continue;
      const Watching watching = watch(judge, stream.take, options(), asked_.confirmed_right);
      milliseconds_ += watching.milliseconds_a_frame;
      ++watched_;
      const WatchScore one = score(stream.take, watching);
      add(table_, stream, one);
      hints_.add(stream, one, watching);
      std::printf("%-30s %s yaw %4.0f %s size %.2f tempo %.2f: %2d of %2d, right %2d, false %d\n",
                  stream.take.name.c_str(), stream.is_tracked ? "tracked" : "points",
                  stream.yaw_deg, stream.is_left_handed ? "left" : "right", stream.size,
                  stream.tempo, one.found, one.truth, one.agreed, one.false_verdicts);
      for (const Hint& hint : watching.hints)
        std::printf("    hint at %.0f s: %s, distance %.2f\n", seconds(hint.end),
                    std::string(to_string(hint.cause)).c_str(), hint.distance);
      if (asked_.with_details) print_details(stream.take, watching);
    }
  }

  void run_foreign(const std::string& movement, const std::shared_ptr<const Judge>& judge) {
    std::size_t number = 0;
    const auto watch_foreign = [&](const StrangerStream& stream, const std::string& kind) {
      if (++number % asked_.foreign_every != 0) return;
      const Watching watching = watch(judge, stream.take, options());
      Foreign& foreign = foreign_[kind];
      foreign.watched_s += stream.take.duration_s();
      foreign.verdicts += static_cast<int>(watching.verdicts.size());
      if (!watching.verdicts.empty())
        std::printf("false: taught %s, watching %s: %zu\n", movement.c_str(),
                    stream.take.name.c_str(), watching.verdicts.size());
    };
    for (const StrangerStream& stream : asked_.streams) {
      if (stream.movement == movement || stream.is_teacher) continue;
      if (!movements_of(asked_.half).contains(stream.movement)) continue;
      const bool is_near = (movement == "knead" || movement == "roll") &&
                           (stream.movement == "knead" || stream.movement == "roll");
      watch_foreign(stream, is_near ? "near relatives" : "other movements");
    }
    for (const StrangerStream& stream : asked_.foreign) watch_foreign(stream, "random movements");
  }

  Asked asked_;
  Table table_;
  HintScore hints_;
  std::map<std::string, Foreign> foreign_;
  double milliseconds_ = 0;
  int watched_ = 0;
};

}  // namespace
}  // namespace kata::bench

int main(int count, char** words) {
  using namespace kata::bench;
  if (count < 3) {
    std::fprintf(stderr,
                 "strangers_bench development|confirmation SOURCE… [truth] [details] "
                 "[foreign=N] [views]\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  try {
    Lab(asked_by(count, words)).run();
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "strangers_bench: %s\n", problem.what());
    return 1;
  }
}
