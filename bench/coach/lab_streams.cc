// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "lab.h"
#include "real_pieces.h"

namespace kata::bench {
namespace {

/// The seed's files have no times: the prototype's own pace, a laptop's that looks for landmarks
/// while it records, and a camera's.
constexpr double kSeedRates_hz[] = {8, 15, 30};
constexpr std::uint64_t kStreamsOfGestures = 36;

/// Judged with the truth's edges: what the live coach's verdicts are compared with.
struct Offline {
  int count = 0;
  int named = 0;   ///< called the movement that they are
  int agreed = 0;  ///< of those named: right or wrong as the truth says

  Offline& operator+=(const Offline& other) {
    count += other.count;
    named += other.named;
    agreed += other.agreed;
    return *this;
  }
};

Offline offline(const Judge& judge, const std::vector<Piece>& pieces) {
  Offline sum;
  for (const Piece& piece : pieces) {
    const Verdict verdict = judge.judge(piece.frames);
    const bool is_right = piece.truth->label == Label::kCorrect;
    ++sum.count;
    if (verdict.movement != piece.truth->movement) continue;
    ++sum.named;
    sum.agreed +=
        verdict.kind == (is_right ? VerdictKind::kCorrect : VerdictKind::kIncorrect) ? 1 : 0;
  }
  return sum;
}

struct StreamSum {
  WatchScore live;
  Offline cut;

  StreamSum& operator+=(const StreamSum& other) {
    live += other.live;
    cut += other.cut;
    return *this;
  }
};

void add_stream(const Lab& lab, StreamSum& sum, const std::string& name,
                const std::shared_ptr<const Judge>& judge, const std::vector<Piece>& done,
                const std::vector<Piece>& foreign, const SpliceOptions& options) {
  LabTake stream = splice(done, foreign, options);
  stream.name = name;
  const Watching watching = watch(judge, stream);
  if (lab.with_details) print_details(stream, watching);
  sum.live += score(stream, watching);
  sum.cut += offline(*judge, done);
}

void print_sum(const std::string& name, const StreamSum& sum) {
  print_score(name, sum.live);
  std::printf(
      "    recall %.3f precision %.3f; agreement live %.3f, cut by the truth %.3f of %d (named "
      "%.3f); "
      "told %.2f a minute of foreign movement\n",
      sum.live.recall(), sum.live.precision(), sum.live.agreement(),
      static_cast<double>(sum.cut.agreed) / std::max(1, sum.cut.named), sum.cut.named,
      static_cast<double>(sum.cut.named) / std::max(1, sum.cut.count),
      sum.live.foreign_verdicts_a_minute());
}

std::vector<Piece> every(const std::vector<Piece>& pieces, std::size_t wanted) {
  std::vector<Piece> chosen;
  for (std::size_t i = 0; i < wanted && !pieces.empty(); ++i)
    chosen.push_back(pieces[i * pieces.size() / wanted]);
  return chosen;
}

void add(std::vector<Piece>& to, const std::vector<Piece>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// What is done between the repetitions.
enum class Foreign {
  kOther,  ///< exercises between gestures, gestures and signs between exercises
  kSigns,  ///< between gestures: another person's signs, raised hands that move as well
  kAlike,  ///< the siblings of the movement, which resemble it more than anything else does
};

std::string name_of(Foreign foreign) {
  switch (foreign) {
    case Foreign::kOther:
      return "";
    case Foreign::kSigns:
      return ", signs between";
    case Foreign::kAlike:
      return ", its siblings between";
  }
  return "";
}

/// Four of each exercise by one person.
std::vector<Piece> some_exercises(const Lab& lab, std::uint64_t seed) {
  std::vector<Piece> some;
  for (const std::string& movement : prmd_movements()) {
    const auto pieces =
        prmd_pieces(lab.data / "ui-prmd", movement, prmd_subject((seed - 1) % 10 + 1));
    add(some, every(pieces, 4));
  }
  return some;
}

std::vector<Piece> some_signs(const Lab& lab, const std::string& but_not = "") {
  return sign_pieces(lab.data / "sequences", 12, but_not);
}

std::vector<Piece> foreign_to_exercises(const Lab& lab) {
  constexpr double kRate_hz = 8;
  std::vector<Piece> foreign = some_signs(lab);
  add(foreign, every(seed_pieces(lab.data / "seed/coordinates_2.csv", "one_hand", kRate_hz), 10));
  add(foreign, every(seed_pieces(lab.data / "seed/hello.csv", "hello", kRate_hz), 10));
  return foreign;
}

SpliceOptions seed_options(std::uint64_t seed, double rate_hz) {
  SpliceOptions options;
  options.seed = seed;
  options.rate_hz = rate_hz;
  return options;
}

std::vector<Piece> foreign_to_gesture(const Lab& lab, const std::string& name,
                                      const std::vector<Piece>& sibling, Foreign kind,
                                      std::uint64_t seed) {
  if (kind == Foreign::kOther) return some_exercises(lab, seed);
  // Who greets with the sign for hello says hello.
  if (kind == Foreign::kSigns) return some_signs(lab, name);
  std::vector<Piece> foreign = some_signs(lab);
  add(foreign, every(sibling, 12));
  return foreign;
}

void run_seed(const Lab& lab, const std::string& name, const std::vector<Piece>& own,
              const std::vector<Piece>& sibling, Foreign kind, double rate_hz) {
  StreamSum sum;
  for (std::uint64_t seed = 1; seed <= kStreamsOfGestures; ++seed) {
    std::vector<Piece> taught, done;
    split(own, seed % 2, taught, done);
    add_stream(lab, sum, name, judge_of(lessons_of(taught)), done,
               foreign_to_gesture(lab, name, sibling, kind, seed), seed_options(seed, rate_hz));
  }
  print_sum(name + " at " + std::to_string(static_cast<int>(rate_hz)) + " Hz" + name_of(kind), sum);
}

std::vector<Piece> prmd_foreign(const Lab& lab, const std::string& movement,
                                const std::string& subject, Foreign kind) {
  if (kind == Foreign::kOther) return foreign_to_exercises(lab);
  std::vector<Piece> foreign;
  for (const std::string& other : prmd_movements()) {
    if (other == movement) continue;
    const auto more = prmd_pieces(lab.data / "ui-prmd", other, subject);
    for (std::size_t i = 0; i < more.size(); i += 5) foreign.push_back(more[i]);
  }
  return foreign;
}

/// Each person's every second repetition teaches, that person's others are done; and the other way
/// round.
void run_prmd_same_people(const Lab& lab, Foreign kind) {
  StreamSum all;
  for (const std::string& movement : prmd_movements()) {
    StreamSum sum;
    for (std::size_t s = 1; s <= 10; ++s) {
      const std::string subject = prmd_subject(s);
      const auto own = prmd_pieces(lab.data / "ui-prmd", movement, subject);
      const auto foreign = prmd_foreign(lab, movement, subject, kind);
      for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        std::vector<Piece> taught, done;
        split(own, seed % 2, taught, done);
        SpliceOptions options;
        options.seed = seed * 100 + s;
        add_stream(lab, sum, movement + " " + subject, judge_of(lessons_of(taught)), done, foreign,
                   options);
      }
    }
    print_sum("ui-prmd " + movement + ", same people" + name_of(kind), sum);
    all += sum;
  }
  print_sum("ui-prmd, same people" + name_of(kind), all);
}

/// Half of the people teach, the others do it; and the other way round.
void run_prmd_other_people(const Lab& lab, Foreign kind) {
  StreamSum all;
  for (const std::string& movement : prmd_movements()) {
    std::vector<Piece> pieces[2];
    for (std::size_t s = 1; s <= 10; ++s) {
      for (Piece& piece : prmd_pieces(lab.data / "ui-prmd", movement, prmd_subject(s)))
        pieces[s % 2].push_back(std::move(piece));
    }
    StreamSum sum;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      std::vector<Piece> taught;
      for (std::size_t i = 0; i < pieces[seed % 2].size(); i += 2)
        taught.push_back(pieces[seed % 2][i]);
      const auto judge = judge_of(lessons_of(taught));
      for (std::size_t s = 1; s <= 10; ++s) {
        if (s % 2 == seed % 2) continue;
        const std::string subject = prmd_subject(s);
        SpliceOptions options;
        options.seed = seed * 100 + s;
        add_stream(lab, sum, movement + " " + subject, judge,
                   prmd_pieces(lab.data / "ui-prmd", movement, subject),
                   prmd_foreign(lab, movement, subject, kind), options);
      }
    }
    print_sum("ui-prmd " + movement + ", other people" + name_of(kind), sum);
    all += sum;
  }
  print_sum("ui-prmd, other people" + name_of(kind), all);
}

/// One craft of all gestures of the seed, as its author taught them; foreign is what the others do.
void run_craft_of_gestures(const Lab& lab, double rate_hz) {
  const auto one_hand = seed_pieces(lab.data / "seed/coordinates_2.csv", "one_hand", rate_hz);
  const auto hello = seed_pieces(lab.data / "seed/hello.csv", "hello", rate_hz);
  StreamSum sum;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    std::vector<Piece> taught, done;
    split(one_hand, seed % 2, taught, done);
    std::vector<Piece> more_taught, more_done;
    split(hello, seed % 2, more_taught, more_done);
    add(taught, more_taught);
    add(done, more_done);
    std::vector<Piece> foreign = some_signs(lab);
    add(foreign, some_exercises(lab, seed));
    add_stream(lab, sum, "gestures", judge_of(lessons_of(taught)), done, foreign,
               seed_options(seed, rate_hz));
  }
  print_sum("gestures, one craft at " + std::to_string(static_cast<int>(rate_hz)) + " Hz", sum);
}

/// One craft of the five exercises, taught by half of each person's repetitions or by half of the
/// people.
void run_craft_of_exercises(const Lab& lab, bool by_other_people) {
  const std::vector<Piece> foreign = foreign_to_exercises(lab);
  StreamSum sum;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    std::vector<Piece> of_the_others;
    std::vector<std::vector<Piece>> done(11), taught(11);
    for (std::size_t s = 1; s <= 10; ++s) {
      for (const std::string& movement : prmd_movements()) {
        const auto own = prmd_pieces(lab.data / "ui-prmd", movement, prmd_subject(s));
        std::vector<Piece> half, other_half;
        split(own, seed % 2, half, other_half);
        add(taught[s], half);
        add(done[s], other_half);
        if (s % 2 == seed % 2) add(of_the_others, half);
      }
    }
    const auto judge_of_others = by_other_people ? judge_of(lessons_of(of_the_others)) : nullptr;
    for (std::size_t s = 1; s <= 10; ++s) {
      if (by_other_people && s % 2 == seed % 2) continue;
      SpliceOptions options;
      options.seed = seed * 100 + s;
      add_stream(lab, sum, "exercises " + prmd_subject(s),
                 by_other_people ? judge_of_others : judge_of(lessons_of(taught[s])), done[s],
                 foreign, options);
    }
  }
  print_sum(
      by_other_people ? "exercises, one craft, other people" : "exercises, one craft, same people",
      sum);
}

void run_crafts_of_a_gesture(const Lab& lab, Foreign kind, double rate_hz) {
  const auto one_hand = seed_pieces(lab.data / "seed/coordinates_2.csv", "one_hand", rate_hz);
  const auto hello = seed_pieces(lab.data / "seed/hello.csv", "hello", rate_hz);
  run_seed(lab, "one_hand", one_hand, hello, kind, rate_hz);
  run_seed(lab, "hello", hello, one_hand, kind, rate_hz);
}

void run_crafts_of_one(const Lab& lab, Foreign kind) {
  for (const double rate_hz : kSeedRates_hz) run_crafts_of_a_gesture(lab, kind, rate_hz);
  run_prmd_same_people(lab, kind);
  run_prmd_other_people(lab, kind);
}

}  // namespace

void run_streams(const Lab& lab) {
  run_crafts_of_a_gesture(lab, Foreign::kSigns, kSeedRates_hz[0]);
  run_crafts_of_one(lab, Foreign::kOther);
}

void run_siblings(const Lab& lab) { run_crafts_of_one(lab, Foreign::kAlike); }

void run_crafts(const Lab& lab) {
  for (const double rate_hz : kSeedRates_hz) run_craft_of_gestures(lab, rate_hz);
  run_craft_of_exercises(lab, false);
  run_craft_of_exercises(lab, true);
}

}  // namespace kata::bench
