// SPDX-License-Identifier: Apache-2.0
#include "kata/session/watch.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

#include "commands.h"
#include "file_roles.h"
#include "finish_outputs.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/learner_file.h"
#include "kata/session/practice_log.h"
#include "kata/session/train_craft.h"
#include "kata/show/cues.h"
#include "kata/show/watch_report.h"
#include "open_source.h"
#include "picture_output.h"
#include "progress_bar.h"
#include "source_options.h"
#include "stale_judge.h"
#include "text_output.h"
#include "watch_outputs.h"
#include "watch_view.h"

namespace kata {
namespace {

/// A report of more would be too long to read and to load.
constexpr std::size_t kMostReported = 300;

struct WatchArguments {
  std::string craft;
  SourceOptions source;
  std::optional<std::string> video;
  std::optional<std::string> jsonl;
  std::optional<std::string> osc;
  std::optional<std::string> report;
  bool is_muted = false;
  bool is_headless = false;
  bool is_not_mirrored = false;
  std::string learner;
  std::optional<std::string> progress;
  bool is_not_kept = false;
  std::optional<FeedbackPolicy> feedback;
  SittingOptions sitting;
  std::string confirmed;
};

/// A lesson before a camera is kept; a film only where somebody says whose it is or where to.
std::optional<PracticeLog> practice_log(const WatchArguments& arguments, bool is_live) {
  const bool is_asked = !arguments.learner.empty() || arguments.progress;
  if (arguments.is_not_kept || (!is_live && !is_asked)) return std::nullopt;
  const std::filesystem::path craft = arguments.craft;
  return std::optional<PracticeLog>(
      std::in_place,
      arguments.progress ? std::filesystem::path(*arguments.progress) : progress_beside(craft),
      arguments.learner, craft.stem().string());
}

void tell_kept(const std::optional<PracticeLog>& log) {
  if (!log) return;
  if (log->problem())
    fmt::print(stderr, "warning: not all of this sitting was kept: {}\n", *log->problem());
  if (log->kept() == 0) return;
  fmt::print(stderr, "kept in {}; kata progress shows how it goes on\n", log->file().string());
}

/// "1R,2R,5W": repetition numbers and what they are.
std::map<std::size_t, Label> confirmed_from_text(const std::string& text) {
  std::map<std::size_t, Label> result;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    std::size_t number = 0;
    const char* end = part.data() + part.size();
    const auto [rest, error] = std::from_chars(part.data(), end, number);
    const bool is_label = end - rest == 1 && (*rest == 'R' || *rest == 'W');
    if (error != std::errc() || number < 1 || !is_label) {
      throw Error(
          ErrorCode::kInvalidArgument,
          "what is confirmed is said as 1R,2R,5W: repetition 1 and 2 right, 5 wrong; not " + text);
    }
    result[number] = *rest == 'R' ? Label::kCorrect : Label::kIncorrect;
  }
  return result;
}

/// The learner's file follows what is confirmed, where the learner has a name.
std::optional<LearnerFile> learner_file(const WatchArguments& arguments) {
  if (arguments.learner.empty() || arguments.is_not_kept) return std::nullopt;
  return LearnerFile(arguments.craft, arguments.learner);
}

void write_report(TextOutput& output, const WatchArguments& arguments, const WatchSummary& summary,
                  const WatchTotals& totals) {
  if (!output.is_wanted()) return;
  output.write_line(watch_report_html({std::filesystem::path(arguments.craft).stem().string(),
                                       arguments.source.source, totals, summary.reported}));
}

/// With what came last: the summary.
struct FinishedWith {
  WatchOutputs& outputs;
  const WatchTotals& totals;
  void finish() { outputs.finish(totals); }
};

/// Once, in the terminal: nothing is counted in such a picture, and nothing else would say why.
void tell_sideways(const CoachUpdate& update, std::string& told, ProgressBar& bar) {
  if (!update.cannot_see || !told.empty()) return;
  const std::vector<std::string>& missing = update.cannot_see->missing;
  if (std::ranges::find(missing, "level") == missing.end()) return;
  told = update.cannot_see->advice;
  bar.clear();
  fmt::print(stderr, "{}\n", told);
}

void run_watch(const WatchArguments& arguments) {
  const auto judge = load_judge(arguments.craft);
  say_if_stale(Craft::open(arguments.craft, Craft::Access::kRead), arguments.craft);
  const auto source = open_patiently(arguments.source.source);
  const SourceDescription description = source->describe();
  LandmarkerOptions landmarks = arguments.source.landmarker;
  if (!arguments.source.is_mode_chosen() && !judge->uses_hands())
    landmarks.mode = LandmarkMode::kBody;
  auto loading = load_landmarker(landmarks, description);
  WatchOutputs outputs(arguments.jsonl, arguments.osc);
  TextOutput report(arguments.report);
  PictureOutput pictures({arguments.video, !arguments.is_headless, "Kata"}, description);
  const auto landmarker = loading.get();
  const bool has_stdout_lines = arguments.jsonl == "-";
  ProgressBar bar;
  CuePlayer cues(arguments.is_muted || !(pictures.has_window() || description.is_live));
  OutageNotes outages(*source);
  WatchView view(pictures, [&] { return source->problem(); });
  view.set_mirrored(!arguments.is_not_mirrored);

  std::optional<PracticeLog> log = practice_log(arguments, description.is_live);
  std::optional<LearnerFile> learner = learner_file(arguments);
  WatchListener listener;
  if (log) {
    listener.on_repetition = [&](const Verdict& verdict, const std::vector<Landmarks>& frames) {
      log->add(verdict, frames);
    };
  }
  listener.on_begin = [&](Sitting& sitting) {
    if (learner) learner->follow(sitting);
    sitting.on_confirmed([&](std::size_t number, std::optional<Label> label) {
      outputs.write(WatchConfirmation{sitting.update_time(), number, label});
      if (!has_stdout_lines) print_confirmed(number, label);
    });
  };
  listener.on_verdict = [&](const Verdict& verdict) {
    bar.clear();
    outputs.write(verdict);
  };
  const auto tell = [&](const Verdict& verdict) {
    bar.clear();
    if (has_cue(verdict.kind)) cues.play(cue_of(verdict.kind));
    if (!has_stdout_lines) print_verdict(verdict);
  };
  listener.on_told = tell;
  view.on_asked([&](Sitting& sitting) {
    if (const auto verdict = sitting.ask()) tell(*verdict);
  });
  std::string told_advice;
  listener.on_frame = [&](const FollowedFrame& followed, Sitting& sitting) {
    outages.look();
    tell_sideways(sitting.update(), told_advice, bar);
    const bool wants_more = view.show(followed, sitting);
    if (const auto& hint = sitting.update().hint; hint && !has_stdout_lines) {
      bar.clear();
      print_hint(*hint);
    }
    outputs.write(sitting.update(),
                  followed.frame.timestamp);  // after the picture, which is waited for
    return wants_more && outputs.is_read() && pictures.is_good();
  };
  listener.on_waiting = [&](Duration since) {
    outages.look();
    return view.show_waiting(since);
  };
  SittingOptions options = arguments.sitting;
  // In a film nobody learns; before a camera less is more (src/kata/practice/README.md).
  const bool is_lesson = description.is_live && pictures.has_window();
  options.feedback.policy =
      arguments.feedback.value_or(is_lesson ? FeedbackPolicy::kFading : FeedbackPolicy::kEvery);
  options.confirmed = confirmed_from_text(arguments.confirmed);
  if (learner) options.remembered = learner->confirmed();
  options.reported_repetitions = report.is_wanted() ? kMostReported : 0;
  const WatchSummary summary =
      watch(*source, *landmarker, judge, options, listener, bar.callback(), Interrupt::token());
  if (summary.stream.frames == 0) {
    if (Interrupt::token().stop_requested())
      throw Error(ErrorCode::kCancelled, "stopped before the first picture");
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + description.name);
  }
  bar.clear();
  for (const std::string& warning : summary.stream.warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  const WatchTotals totals = totals_of(summary, source->failures());
  print_summary(totals, has_stdout_lines ? stderr : stdout);
  write_report(report, arguments, summary, totals);
  tell_kept(log);
  FinishedWith lines{outputs, totals};
  finish_outputs(pictures, report, lines);
}

std::string description() {
  std::string text = "Watch a learner and give a verdict for each repetition.\nKeys in the window:";
  for (const auto& [key, meaning] : WatchView::keys()) text += " " + key + " " + meaning + ";";
  text.back() = '.';
  return text;
}

}  // namespace

void add_watch(CLI::App& app) {
  static const std::map<std::string, Strategy> kStrategies = {
      {"repetitions", Strategy::kRepetitions}, {"window", Strategy::kWindow}};
  static const std::map<std::string, FeedbackPolicy> kPolicies = {
      {"every", FeedbackPolicy::kEvery},
      {"fading", FeedbackPolicy::kFading},
      {"band", FeedbackPolicy::kBand},
      {"request", FeedbackPolicy::kOnRequest},
      {"summary", FeedbackPolicy::kSummary}};
  auto arguments = std::make_shared<WatchArguments>();
  CLI::App* command = app.add_subcommand("watch", description());
  as(FileRole::kCraft,
     command->add_option("CRAFT", arguments->craft, "trained craft file (*.kata)"))
      ->required();
  arguments->source.add_to(*command);
  as(FileRole::kOutput,
     command->add_option("-o,--output", arguments->video, "annotated video (.mp4 or .avi)"));
  as(FileRole::kOutput,
     command->add_option("--jsonl", arguments->jsonl,
                         "verdicts as JSON lines (api/watch.schema.json); - for the terminal"));
  command->add_option("--osc", arguments->osc,
                      "verdicts as OSC messages to HOST:PORT (api/osc.md)");
  as(FileRole::kOutput,
     command->add_option("--report", arguments->report,
                         "at the end, a page with the curves of each repetition (.html)"));
  command
      ->add_option("--strategy", arguments->sitting.strategy,
                   "repetitions: each is found and judged when it ends; window: the last 30 frames "
                   "are judged at "
                   "every frame, for movements without beginning and end")
      ->transform(CLI::CheckedTransformer(kStrategies))
      ->default_str("repetitions");
  command->add_flag(
      "--swap-sides", arguments->sitting.swap_sides,
      "a left-handed learner of a right-handed craft, or the reverse; without it Kata "
      "finds out after a few repetitions");
  command->add_option("--confirm", arguments->confirmed,
                      "what some repetitions were, by their number: 1R,2R,5W; what follows is "
                      "judged by it");
  command
      ->add_option("--feedback", arguments->feedback,
                   "which repetitions are told: every one; fading: fewer as the learner gets "
                   "better (before a camera, without this); band: marks below --band; request: by "
                   "the key w; summary: none, only the end's sum. JSON and OSC get all")
      ->transform(CLI::CheckedTransformer(kPolicies));
  command->add_option("--band", arguments->sitting.feedback.band_mark, "mark for --feedback band")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  command->add_option(
      "--learner", arguments->learner,
      "who practises: the sitting is kept under this name (kata progress), and what is "
      "confirmed for the next time (kata forget deletes it)");
  as(FileRole::kChangedCraft,
     command->add_option(
         "--progress", arguments->progress,
         "file of sittings; without it progress.db beside the craft. Lessons before "
         "a camera are kept always, films only with this or --learner"));
  command->add_flag("--no-progress", arguments->is_not_kept, "keep nothing of this sitting");
  command->add_flag("--mute", arguments->is_muted, "no sounds");
  command->add_flag("--headless", arguments->is_headless, "no window");
  command->add_flag("--no-mirror", arguments->is_not_mirrored,
                    "draw the picture as the camera gives it");
  command->callback([arguments] { run_watch(*arguments); });
}

}  // namespace kata
