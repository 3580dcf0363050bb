// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "lab.h"
#include "real_pieces.h"

namespace kata::bench {
namespace {

using Pieces = std::vector<Piece>;

struct Distances {
  std::vector<double> own, foreign;

  void add(const Judge& judge, const Pieces& done, const Pieces& others) {
    for (const Piece& piece : done) own.push_back(judge.judge(piece.frames).distance);
    for (const Piece& piece : others) foreign.push_back(judge.judge(piece.frames).distance);
  }
  void add(const Distances& more) {
    own.insert(own.end(), more.own.begin(), more.own.end());
    foreign.insert(foreign.end(), more.foreign.begin(), more.foreign.end());
  }
};

double share_within(const std::vector<double>& sorted, double limit) {
  const auto end = std::upper_bound(sorted.begin(), sorted.end(), limit);
  return static_cast<double>(end - sorted.begin()) / static_cast<double>(sorted.size());
}

/// What the best limit could do, were it known: the truth's edges, one limit for all.
void print_bound(const std::string& name, Distances distances) {
  auto& [own, foreign] = distances;
  std::sort(own.begin(), own.end());
  std::sort(foreign.begin(), foreign.end());
  double equal_error = 1;
  for (const double limit : own) {
    const double error = std::max(1 - share_within(own, limit), share_within(foreign, limit));
    equal_error = std::min(equal_error, error);
  }
  const double most = own[(own.size() * 19 + 19) / 20 - 1];
  std::printf(
      "%-24s %4zu own, %4zu foreign: equal error %.3f; foreign that pass with 0.95 of own "
      "%.3f\n",
      name.c_str(), own.size(), foreign.size(), equal_error, share_within(foreign, most));
}

Distances of_seed(const Pieces& own, const Pieces& others) {
  Distances distances;
  for (std::size_t offset = 0; offset < 2; ++offset) {
    Pieces taught, done;
    split(own, offset, taught, done);
    distances.add(*judge_of(lessons_of(taught)), done, others);
  }
  return distances;
}

Pieces each(const Pieces& all, std::size_t step) {
  Pieces chosen;
  for (std::size_t i = 0; i < all.size(); i += step) chosen.push_back(all[i]);
  return chosen;
}

/// Five people teach, the other five do that movement and the others; then the other way round.
void bounds_of_prmd(const Lab& lab) {
  std::map<std::string, Pieces> by[2];
  for (const std::string& movement : prmd_movements()) {
    for (std::size_t s = 1; s <= 10; ++s) {
      for (Piece& piece : prmd_pieces(lab.data / "ui-prmd", movement, prmd_subject(s)))
        by[s % 2][movement].push_back(std::move(piece));
    }
  }
  Distances all;
  int confused = 0, judged = 0;
  std::map<std::string, Distances> of_movement;
  for (const std::size_t side : {0U, 1U}) {
    std::vector<Repetition> together;
    for (const std::string& movement : prmd_movements()) {
      for (Repetition& one : lessons_of(each(by[side][movement], 4)))
        together.push_back(std::move(one));
      Pieces others;
      for (const std::string& other : prmd_movements()) {
        if (other == movement) continue;
        for (const Piece& piece : each(by[1 - side][other], 5)) others.push_back(piece);
      }
      const auto judge = judge_of(lessons_of(each(by[side][movement], 2)));
      of_movement[movement].add(*judge, by[1 - side][movement], others);
    }
    const auto judge = judge_of(together);
    for (const std::string& movement : prmd_movements()) {
      for (const Piece& piece : by[1 - side][movement]) {
        ++judged;
        confused += judge->judge(piece.frames).movement == movement ? 0 : 1;
      }
    }
  }
  for (const auto& [movement, distances] : of_movement) {
    print_bound("ui-prmd " + movement, distances);
    all.add(distances);
  }
  print_bound("ui-prmd", all);
  std::printf("ui-prmd, all five taught: %d of %d told as another movement (%.3f)\n", confused,
              judged, static_cast<double>(confused) / judged);
}

}  // namespace

void run_edges(const Lab& lab) {
  const auto one_hand = seed_pieces(lab.data / "seed/coordinates_2.csv", "one_hand", 10);
  const auto hello = seed_pieces(lab.data / "seed/hello.csv", "hello", 10);
  const auto signs = sign_pieces(lab.data / "sequences", 60);
  print_bound("one_hand and signs", of_seed(one_hand, signs));
  print_bound("one_hand and hello", of_seed(one_hand, hello));
  print_bound("hello and signs", of_seed(hello, signs));
  print_bound("hello and one_hand", of_seed(hello, one_hand));
  bounds_of_prmd(lab);
}

}  // namespace kata::bench
