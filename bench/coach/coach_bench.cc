// SPDX-License-Identifier: Apache-2.0
// What the live coach finds, how it judges and when it tells, under several protocols.
//
//   coach_bench PROTOCOL DATA TRACKS [details]
//
// DATA holds synthetic/, videos/, seed/, ui-prmd/ and sequences/; TRACKS what `kata track --jsonl`
// wrote of each clip. `coach_bench all …` runs every protocol.
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <string>

#include "kata/core/error.h"
#include "kata/learn/judge.h"
#include "lab.h"

namespace kata::bench {
namespace {

const std::map<std::string, std::function<void(const Lab&)>>& protocols() {
  static const std::map<std::string, std::function<void(const Lab&)>> list = {
      {"synthetic", run_synthetic}, {"crossed", run_crossed},   {"people", run_people},
      {"roles", run_roles},         {"together", run_together}, {"streams", run_streams},
      {"siblings", run_siblings},   {"edges", run_edges},       {"videos", run_videos},
      {"time", run_time},           {"judged", run_judged},     {"crafts", run_crafts},
      {"anywhere", run_anywhere},   {"five", run_five}};
  return list;
}

}  // namespace
}  // namespace kata::bench

int main(int count, char** words) {
  using namespace kata::bench;
  if (count < 4) {
    std::fprintf(stderr, "coach_bench PROTOCOL DATA TRACKS [details]: PROTOCOL is all");
    for (const auto& [name, run] : protocols()) std::fprintf(stderr, ", %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // a protocol takes minutes
  try {
    const Lab lab{words[2], words[3], count > 4};
    for (const auto& [name, run] : protocols()) {
      if (name != words[1] && std::string("all") != words[1]) continue;
      std::printf("== %s\n", name.c_str());
      run(lab);
    }
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "coach_bench: %s\n", problem.what());
    return 1;
  }
}
