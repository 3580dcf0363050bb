// SPDX-License-Identifier: Apache-2.0
// What browsers are told.

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numbers>
#include <span>

#include "kata/wire/messages.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestReport = 1 << 20;
constexpr int kDeepestReport = 24;

/// Texts of strangers may hold bytes that are no UTF-8.
std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

double rounded(double value, double steps) { return std::round(value * steps) / steps; }
double time_of(Timestamp timestamp) { return rounded(seconds(timestamp), 1e4); }

template <typename T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

int depth_of(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool is_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_string) {
      if (c == '\\') ++i;
      if (c == '"') is_string = false;
    } else if (c == '"') {
      is_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

/// The report lies in a file that may come from a stranger.
json report_of(const std::string& text) {
  if (text.empty() || text.size() > kLargestReport || depth_of(text) > kDeepestReport)
    return nullptr;
  json report = json::parse(text, nullptr, false);
  return report.is_object() ? report : json(nullptr);
}

json card_json(const CraftCard& card) {
  json movements = json::array();
  for (const MovementCard& movement : card.movements) {
    movements.push_back({{"name", movement.name},
                         {"correct", movement.correct},
                         {"incorrect", movement.incorrect},
                         {"mistakes", movement.mistakes},
                         {"preview", or_null(movement.preview)},
                         {"has_video", movement.has_video}});
  }
  json trained = nullptr;
  if (card.trained) {
    trained = {{"trained_at", card.trained->trained_at},
               {"is_stale", card.trained->is_stale},
               {"report", report_of(card.trained->report_json)}};
  }
  return {{"id", card.id},
          {"name", card.title.name},
          {"description", card.title.description},
          {"author", card.title.author},
          {"price_note", card.title.price_note},
          {"movements", movements},
          {"repetitions", card.repetitions},
          {"trained", trained},
          {"problem", card.problem.empty() ? json(nullptr) : json(card.problem)},
          {"warning", card.warning.empty() ? json(nullptr) : json(card.warning)}};
}

json summary_json(const RepetitionSummary& summary) {
  return {{"id", summary.id},
          {"take", summary.take},
          {"movement", summary.movement},
          {"label", to_string(summary.label)},
          {"mistake", or_null(summary.mistake)},
          {"person", summary.person},
          {"start_s", time_of(summary.start)},
          {"end_s", time_of(summary.end)},
          {"frames", summary.frames},
          {"is_removed", summary.is_removed}};
}

json take_json(const TakeView& take) {
  json repetitions = json::array();
  for (const RepetitionSummary& summary : take.repetitions)
    repetitions.push_back(summary_json(summary));
  json motion = json::array();
  for (const float value : take.motion) motion.push_back(rounded(value, 1e3));
  return {{"take", take.take},          {"start_s", time_of(take.start)},
          {"end_s", time_of(take.end)}, {"motion", motion},
          {"repetitions", repetitions}, {"takes_cut_anew", take.takes_cut_anew}};
}

/// Four digits are a tenth of a pixel in a browser's picture; the JSON library would print 17.
double shown(double value) { return std::isfinite(value) ? value : 0.0; }

void append_points(std::string& out, std::span<const PointInUnit> points, const float* visibility) {
  out += '[';
  for (std::size_t i = 0; i < points.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "{}[{:.4f},{:.4f},{:.4f}", i > 0 ? "," : "",
                   shown(points[i].x), shown(points[i].y), shown(points[i].z));
    if (visibility != nullptr)
      fmt::format_to(std::back_inserter(out), ",{:.2f}", shown(visibility[i]));
    out += ']';
  }
  out += ']';
}

void append_hand(std::string& out, const std::optional<Hand>& hand) {
  if (hand) {
    append_points(out, hand->points, nullptr);
  } else {
    out += "null";
  }
}

/// "pose":…,"left_hand":…,"right_hand":… without braces.
void append_landmarks(std::string& out, const Landmarks& landmarks) {
  out += "\"pose\":";
  if (landmarks.pose) {
    append_points(out, landmarks.pose->points, landmarks.pose->visibility.data());
  } else {
    out += "null";
  }
  out += ",\"left_hand\":";
  append_hand(out, landmarks.left_hand);
  out += ",\"right_hand\":";
  append_hand(out, landmarks.right_hand);
}

json tally_json(const Tally& tally) {
  return {{"repetitions", tally.repetitions},
          {"correct", tally.correct},
          {"incorrect", tally.incorrect},
          {"unsure", tally.unsure},
          {"other", tally.other}};
}

json reasons_json(const std::vector<Reason>& reasons) {
  json list = json::array();
  for (const Reason& reason : reasons) {
    list.push_back({{"joint", reason.joint},
                    {"text", reason.text},
                    {"phase_begin", rounded(reason.phase_begin, 1e3)},
                    {"phase_end", rounded(reason.phase_end, 1e3)},
                    {"offset", rounded(reason.offset, 1e3)},
                    {"angle_deg", rounded(reason.angle_rad * 180 / std::numbers::pi, 10)}});
  }
  return list;
}

json coach_json(const LiveCoach& coach) {
  json cannot_see = nullptr;
  if (coach.update.cannot_see) {
    cannot_see = {{"missing", coach.update.cannot_see->missing},
                  {"advice", coach.update.cannot_see->advice}};
  }
  json guidance = nullptr;
  if (const auto& hint = coach.update.hint)
    guidance = {{"cause", to_string(hint->cause)}, {"text", coach.scene.hint}};
  json errors = json::array();
  for (const auto& [joint, share] : coach.scene.joint_errors)
    errors.push_back({joint, rounded(share, 1e2)});
  return {{"movement", or_null(coach.update.movement)},
          {"phase", rounded(coach.update.phase, 1e3)},
          {"cannot_see", cannot_see},
          {"guidance", guidance},
          {"hint", coach.scene.hint},
          {"joint_errors", errors}};
}

std::string reply_json(const LiveReady& ready) {
  return dump({{"type", "ready"}, {"purpose", ready.purpose}});
}

std::string reply_json(const LiveHello& hello) {
  return dump({{"type", "hello"}, {"purpose", hello.purpose}, {"resumed", hello.is_resumed}});
}

std::string reply_json(const LiveFrame& frame) {
  std::string out = dump({{"type", "frame"},
                          {"time_s", time_of(frame.landmarks.timestamp)},
                          {"width", frame.landmarks.image_width},
                          {"height", frame.landmarks.image_height},
                          {"coach", frame.coach ? coach_json(*frame.coach) : json(nullptr)},
                          {"tally", tally_json(frame.coach ? frame.coach->tally : Tally{})},
                          {"recorded", frame.recorded},
                          {"sideways", frame.is_sideways},
                          {"work_ms", rounded(frame.work_ms, 10)}});
  out.back() = ',';
  append_landmarks(out, frame.landmarks);
  out += ",\"ghost\":";
  if (frame.coach && frame.coach->scene.ghost) {
    out += '{';
    append_landmarks(out, *frame.coach->scene.ghost);
    out += '}';
  } else {
    out += "null";
  }
  return out + '}';
}

std::string reply_json(const LiveVerdict& judged) {
  const Verdict& verdict = judged.verdict;
  return dump({{"type", "verdict"},
               {"movement", verdict.movement},
               {"verdict", to_string(verdict.kind)},
               {"mistake", or_null(verdict.mistake)},
               {"score", verdict.score},
               {"confidence", rounded(verdict.confidence, 1e3)},
               {"start_s", time_of(verdict.start)},
               {"end_s", time_of(verdict.end)},
               {"reasons", reasons_json(verdict.reasons)},
               {"tally", tally_json(judged.tally)}});
}

std::string reply_json(const LiveTake& take) {
  json message = take_json(take.take);
  message["type"] = "take";
  return dump(message);
}

std::string reply_json(const LiveConfirmed& confirmed) {
  return dump({{"type", "confirmed"},
               {"number", confirmed.number},
               {"label", confirmed.label ? json(to_string(*confirmed.label)) : json(nullptr)}});
}

std::string reply_json(const LiveForgotten& forgotten) {
  return dump({{"type", "forgotten"}, {"learner", forgotten.learner}});
}

std::string reply_json(const LiveProblem& problem) {
  return dump({{"type", "error"}, {"code", problem.code}, {"text", problem.text}});
}

std::string_view phase_name(TrainingState::Phase phase) {
  switch (phase) {
    case TrainingState::Phase::kNone:
      return "none";
    case TrainingState::Phase::kRunning:
      return "running";
    case TrainingState::Phase::kDone:
      return "done";
    case TrainingState::Phase::kFailed:
      return "failed";
  }
  return "";
}

}  // namespace

std::string to_json(const CraftCard& card) { return dump(card_json(card)); }

std::string to_json(const CraftDetail& detail) {
  json value = card_json(detail.card);
  json list = json::array();
  for (const RepetitionSummary& summary : detail.repetitions) list.push_back(summary_json(summary));
  value["repetition_list"] = std::move(list);
  return dump(value);
}

std::string to_json(const std::vector<CraftCard>& cards,
                    const std::vector<CraftFolder::Entry>& removed) {
  json crafts = json::array();
  for (const CraftCard& card : cards) crafts.push_back(card_json(card));
  json gone = json::array();
  for (const CraftFolder::Entry& entry : removed)
    gone.push_back({{"id", entry.id}, {"name", entry.name}});
  return dump({{"crafts", crafts}, {"removed", gone}});
}

std::string to_json(const RepetitionSummary& summary) { return dump(summary_json(summary)); }
std::string to_json(const TakeView& take) { return dump(take_json(take)); }

std::string to_json(const Repetition& repetition) {
  const Landmarks first = repetition.frames.empty() ? Landmarks{} : repetition.frames.front();
  std::string out = dump({{"id", repetition.id},
                          {"movement", repetition.movement},
                          {"label", to_string(repetition.label)},
                          {"width", first.image_width},
                          {"height", first.image_height}});
  out.back() = ',';
  out += "\"frames\":[";
  bool is_first = true;
  for (const Landmarks& frame : repetition.frames) {
    fmt::format_to(std::back_inserter(out), "{}{{\"time_s\":{:.4f},", is_first ? "" : ",",
                   seconds(frame.timestamp));
    append_landmarks(out, frame);
    out += '}';
    is_first = false;
  }
  return out + "]}";
}

std::string to_json(const TrainingState& state) {
  json curve = json::array();
  for (const HeldOut& point : state.curve) curve.push_back({point.judged, point.rightly});
  json value = {{"state", phase_name(state.phase)},
                {"done", rounded(state.done, 1e3)},
                {"doing", state.doing},
                {"curve", curve}};
  if (state.phase == TrainingState::Phase::kFailed) {
    value["error"] = {{"code", code_name(state.code)},
                      {"text", public_text(Error(state.code, state.problem))}};
  }
  return dump(value);
}

std::string to_json(const LiveReply& reply) {
  return std::visit([](const auto& value) { return reply_json(value); }, reply);
}

std::string pong_json() { return R"({"type":"pong"})"; }

std::string error_json(std::string_view code, std::string_view text) {
  return dump({{"error", {{"code", code}, {"text", text}}}});
}

std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kNotEnough:
      return "not_enough";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kCancelled:
      return "cancelled";
  }
  return "failed";
}

std::string public_text(const Error& error) {
  std::string text = error.what();
  if (text.find('/') == std::string::npos) return text;
  switch (error.code()) {
    case ErrorCode::kNotFound:
      return "there is no such craft, movement or repetition";
    case ErrorCode::kUnavailable:
      return "it is used by another program; try again in a moment";
    case ErrorCode::kUnsupported:
    case ErrorCode::kCorrupt:
      return "the craft's file cannot be read";
    case ErrorCode::kIo:
      return "the disk is full or cannot be written";
    default:
      return "that cannot be done";
  }
}

}  // namespace kata
