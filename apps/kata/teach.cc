// SPDX-License-Identifier: Apache-2.0
#include "kata/session/teach.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "file_roles.h"
#include "frame_meter.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/open_source.h"
#include "open_source.h"
#include "picture_output.h"
#include "progress_bar.h"
#include "recording_view.h"
#include "source_list.h"
#include "source_options.h"

namespace kata {
namespace {

struct TeachArguments {
  std::string craft;
  Lesson lesson;
  bool is_right = false;
  bool is_wrong = false;
  std::vector<std::string> sources;
  SourceOptions source;
  TeachOptions options;
  std::optional<std::string> marks;
  bool is_headless = false;
  bool is_muted = false;
};

std::string count_text(int count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Shows a live take while it is recorded.
class TeachView {
 public:
  TeachView(PictureOutput& pictures, const Lesson& lesson, bool is_muted)
      : recording_(pictures, is_muted), lesson_(lesson) {}

  /// False when the teacher ends the take.
  bool show(const FollowedFrame& followed, const TeachState& state) {
    if (!recording_.has_window()) tell(state.repetitions);
    meter_.tick(followed.arrived);
    return recording_.show(followed.frame, scene_of(followed, state), state.countdown_s);
  }
  /// While no picture comes; the same.
  bool show_waiting(Duration since) { return recording_.show_waiting(since); }

 private:
  OverlayScene scene_of(const FollowedFrame& followed, const TeachState& state) const {
    const bool is_right = lesson_.label == Label::kCorrect;
    OverlayScene scene;
    scene.landmarks = followed.landmarks;
    scene.movement = lesson_.movement;
    scene.frame_rate_hz = meter_.frame_rate_hz();
    scene.latency_ms = meter_.latency_ms();
    scene.hint = std::string("get ready to do it ") + (is_right ? "right" : "wrong");
    if (state.countdown_s <= 0) {
      scene.with_score = true;
      (is_right ? scene.correct : scene.incorrect) = state.repetitions;
      scene.hint = fmt::format("recording {:.0f} s, q ends it", state.recorded_s);
    }
    return scene;
  }

  void tell(int repetitions) {
    if (repetitions <= told_) return;
    told_ = repetitions;
    fmt::print(stderr, "{} stored\n", count_text(told_, "repetition"));
  }

  RecordingView recording_;
  const Lesson& lesson_;
  FrameMeter meter_;
  int told_ = 0;
};

TeachResult run_teach(const TeachArguments& arguments, const std::string& spec, bool is_alone) {
  check_is_no_folder(spec);
  const auto source = open_source(spec);
  const SourceDescription description = source->describe();
  if (arguments.marks && description.is_live) {
    throw Error(ErrorCode::kInvalidArgument,
                "marks belong to a video that is there already, not to a live source");
  }
  if (description.is_live && !is_alone) {
    throw Error(ErrorCode::kInvalidArgument,
                "a live source is taught by itself, not among others: " + spec);
  }
  TeachOptions options = arguments.options;
  auto loading = load_landmarker(arguments.source.landmarker, description);
  PictureOutput pictures({{}, description.is_live && !arguments.is_headless, "Kata teach"},
                         description);
  TeachView view(pictures, arguments.lesson, arguments.is_muted);
  if (description.is_live) {
    options.on_frame = [&](const FollowedFrame& followed, const TeachState& state) {
      return view.show(followed, state);
    };
    options.on_waiting = [&](Duration since) { return view.show_waiting(since); };
  }
  const auto landmarker = loading.get();
  ProgressBar bar;
  return teach(arguments.craft, arguments.lesson, *source, *landmarker, options, bar.callback(),
               Interrupt::token());
}

void print(const TeachArguments& arguments, const TeachResult& result) {
  for (const std::string& warning : result.warnings) fmt::print(stderr, "warning: {}\n", warning);
  fmt::print("{:>5} {:<6} {:>9} {:>9} {:>9}\n", "id", "label", "start s", "end s", "edges");
  int correct = 0;
  for (const TaughtRepetition& repetition : result.repetitions) {
    const bool is_correct = repetition.label == Label::kCorrect;
    correct += is_correct ? 1 : 0;
    fmt::print("{:>5} {:<6} {:>9.2f} {:>9.2f} {:>4.0f}/{:.0f} %\n", repetition.id,
               is_correct ? "right" : "wrong", seconds(repetition.start), seconds(repetition.end),
               repetition.start_confidence * 100, repetition.end_confidence * 100);
  }
  const int count = static_cast<int>(result.repetitions.size());
  const std::string labels = correct == count ? "right"
                             : correct == 0
                                 ? "wrong"
                                 : fmt::format("{} right, {} wrong", correct, count - correct);
  if (const int takes = static_cast<int>(result.takes_cut_anew.size()); takes > 0) {
    fmt::print("{} of before cut anew: all begin at the same moment of the movement now\n",
               count_text(takes, "take"));
  }
  fmt::print("{} of {} ({}) stored in {}\n", count_text(count, "repetition"),
             arguments.lesson.movement, labels, arguments.craft);
  if (correct > 0) {
    fmt::print(
        "for learners seen from elsewhere: two short takes more, the camera a third of a right "
        "angle to the left and to the right\n");
  }
}

/// What several sources came to.
struct SourceTotals {
  int taught = 0;
  int repetitions = 0;
  int failed = 0;
};

/// Each source is a take of its own: one that cannot be used keeps no other from being stored.
SourceTotals teach_each(const TeachArguments& arguments, const std::vector<std::string>& sources) {
  SourceTotals totals;
  for (const std::string& source : sources) {
    fmt::print("{}\n", source);
    std::fflush(stdout);
    try {
      const TeachResult result = run_teach(arguments, source, false);
      print(arguments, result);
      ++totals.taught;
      totals.repetitions += static_cast<int>(result.repetitions.size());
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kCancelled) throw;
      const std::string what = error.what();
      const bool is_named = what.find(source) != std::string::npos;
      fmt::print(stderr, "kata: {}{}\n", what, is_named ? "" : ": " + source);
      ++totals.failed;
    }
    if (Interrupt::token().stop_requested()) break;
  }
  return totals;
}

void run_several(const TeachArguments& arguments, const std::vector<std::string>& sources) {
  if (arguments.marks) {
    throw Error(ErrorCode::kInvalidArgument,
                "marks belong to one video; teach each video with its own marks");
  }
  arguments.lesson.validate();
  if (std::filesystem::exists(arguments.craft)) Craft::open(arguments.craft);
  const SourceTotals totals = teach_each(arguments, sources);
  fmt::print("{} of {} sources taught, {} stored in {}\n", totals.taught, sources.size(),
             count_text(totals.repetitions, "repetition"), arguments.craft);
  if (totals.failed > 0) {
    throw Error(ErrorCode::kNotEnough, fmt::format("{} of {} sources could not be used; what the "
                                                   "others showed is stored",
                                                   totals.failed, sources.size()));
  }
}

void run(const TeachArguments& arguments) {
  const std::vector<std::string> sources = expanded_sources(arguments.sources);
  if (sources.size() > 1) return run_several(arguments, sources);
  print(arguments, run_teach(arguments, sources.front(), true));
}

void check_kind(const TeachArguments& arguments) {
  if (arguments.is_right || arguments.is_wrong) return;
  if (arguments.marks && have_labels(arguments.options.marks)) return;
  throw Error(ErrorCode::kInvalidArgument,
              "say how the movement is done in this take: --right or --wrong");
}

}  // namespace

void add_teach(CLI::App& app) {
  auto arguments = std::make_shared<TeachArguments>();
  TeachOptions& options = arguments->options;
  options.countdown_s = 5;
  CLI::App* command = app.add_subcommand(
      "teach",
      "Cut takes of one repeated movement into their repetitions and store them in a craft file.\n"
      "A live take ends after --repetitions or --seconds, with q in the window or with Ctrl-C.\n"
      "Learners are seen from other sides: two short takes more, with the camera a third of a "
      "right\n"
      "angle (30 degrees) to the left and to the right, let Kata find them there");
  as(FileRole::kChangedCraft,
     command->add_option("CRAFT", arguments->craft, "craft file (*.kata); made if it is not there"))
      ->required();
  command->add_option("--movement", arguments->lesson.movement, "name of the movement")->required();
  auto* kind = command->add_option_group("kind", "how the movement is done in this take");
  kind->add_flag("--right", arguments->is_right, "the take shows it done right");
  kind->add_flag("--wrong", arguments->is_wrong, "the take shows it done wrong");
  kind->require_option(0, 1);
  command->add_option("--mistake", arguments->lesson.mistake, "name of the mistake (with --wrong)");
  command->add_option("--person", arguments->lesson.person,
                      "who performs; helps the report judge fairly");
  command
      ->add_option("--repetitions", arguments->lesson.expected_repetitions,
                   "how many there are, if you know; a live take ends 1.5 s after the last")
      ->check(CLI::Range(1, 1000));
  command->add_option("--seconds", options.longest_s, "how long the take is at most")
      ->check(CLI::Range(0.5, 3600.0));
  command->add_option("--countdown", options.countdown_s, "seconds before a live take begins")
      ->check(CLI::Range(0.0, 60.0))
      ->capture_default_str();
  as(FileRole::kInput,
     command->add_option(
         "--marks", arguments->marks,
         "CSV with your own cuts: start_s,end_s or start_frame,end_frame and, as wanted, label, "
         "mistake, movement (docs/formats.md)"));
  command->add_flag("--headless", arguments->is_headless, "no window for a live take");
  command->add_flag("--mute", arguments->is_muted, "no sounds");
  as(FileRole::kSource,
     command->add_option(
         "SOURCE", arguments->sources,
         "one or several, each a take of its own: video file, folder of videos, image "
         "pattern (frames/%04d.png), camera number, device, rtsp:// address, or a track "
         "that was stored (.jsonl, .csv, also .gz)"))
      ->required();
  arguments->source.add_networks_to(*command);
  command->callback([arguments] {
    arguments->lesson.label = arguments->is_wrong ? Label::kIncorrect : Label::kCorrect;
    if (arguments->marks) arguments->options.marks = read_marks(*arguments->marks);
    check_kind(*arguments);
    run(*arguments);
  });
}

}  // namespace kata
