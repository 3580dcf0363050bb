// SPDX-License-Identifier: Apache-2.0
// What browsers send.

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

#include "kata/wire/messages.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 4000;
constexpr std::size_t kLongestName = 80;
constexpr int kMostRepetitions = 500;
constexpr std::size_t kMostMovements = 50;
constexpr std::size_t kLongestPing = 64;

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::kInvalidArgument, why); }

json object_from(std::string_view body) {
  json value = json::parse(body, nullptr, false);
  if (!value.is_object()) refuse("the message is no JSON object");
  return value;
}

/// Text without control characters but the line ends of descriptions.
std::string text_of(const json& value, const char* name, std::size_t longest) {
  if (!value.is_string()) refuse(std::string(name) + " is no text");
  auto text = value.get<std::string>();
  if (text.size() > longest) refuse(std::string(name) + " is too long");
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t')
      refuse(std::string(name) + " holds control characters");
  }
  return text;
}

std::string field(const json& object, const char* name, std::size_t longest,
                  const std::string& otherwise) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? otherwise : text_of(*found, name, longest);
}

std::optional<std::string> optional_name(const json& object, const char* name) {
  const std::string text = field(object, name, kLongestName, "");
  return text.empty() ? std::nullopt : std::optional(text);
}

Label label_of(const json& object) {
  const std::string text = field(object, "label", kLongestName, "");
  if (text == "correct") return Label::kCorrect;
  if (text == "incorrect") return Label::kIncorrect;
  refuse("label is neither \"correct\" nor \"incorrect\"");
}

double number_of(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) refuse(std::string(name) + " is no number");
  const double value = found->get<double>();
  if (!std::isfinite(value) || std::abs(value) > 1e8)
    refuse(std::string(name) + " is out of range");
  return value;
}

RecordRequest record_request(const json& object) {
  RecordRequest request;
  request.craft = field(object, "craft", kLongestName, "");
  request.lesson.movement = field(object, "movement", kLongestName, "");
  request.lesson.label = label_of(object);
  request.lesson.mistake = optional_name(object, "mistake");
  request.lesson.person = field(object, "person", kLongestName, "");
  if (const auto found = object.find("expected_repetitions");
      found != object.end() && !found->is_null()) {
    const double count = number_of(object, "expected_repetitions");
    if (count < 1 || count > kMostRepetitions) refuse("expected_repetitions is out of range");
    request.lesson.expected_repetitions = static_cast<int>(count);
  }
  request.lesson.validate();
  return request;
}

ConfirmRequest confirm_request(const json& object) {
  ConfirmRequest request;
  request.label = label_of(object);
  if (const auto found = object.find("number"); found != object.end() && !found->is_null()) {
    const double number = number_of(object, "number");
    if (number < 1) refuse("number is out of range");
    request.number = static_cast<std::size_t>(number);
  }
  return request;
}

}  // namespace

CraftTitle title_from_json(std::string_view body, const CraftTitle& before) {
  const json object = object_from(body);
  CraftTitle title;
  title.name = field(object, "name", kLongestText, before.name);
  title.description = field(object, "description", kLongestText, before.description);
  title.author = field(object, "author", kLongestText, before.author);
  title.price_note = field(object, "price_note", kLongestText, before.price_note);
  return title;
}

std::vector<std::string> movements_from_json(std::string_view body) {
  const json object = object_from(body);
  const auto found = object.find("movements");
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_array() || found->size() > kMostMovements)
    refuse("movements is no list of up to 50 names");
  std::vector<std::string> names;
  for (const json& name : *found)
    names.push_back(text_of(name, "the name of a movement", kLongestName));
  return names;
}

std::string name_from_json(std::string_view body) {
  return field(object_from(body), "name", kLongestName, "");
}

LabelChange label_from_json(std::string_view body) {
  const json object = object_from(body);
  LabelChange change;
  if (object.contains("person")) change.person = field(object, "person", kLongestName, "");
  if (object.contains("label") || !change.person) {
    change.label = label_of(object);
    change.mistake = optional_name(object, "mistake");
  }
  return change;
}

EdgeChange edges_from_json(std::string_view body) {
  const json object = object_from(body);
  const EdgeChange change{timestamp_from_seconds(number_of(object, "start_s")),
                          timestamp_from_seconds(number_of(object, "end_s"))};
  if (change.start >= change.end) refuse("the start is not before the end");
  // What was shown was rounded: half a millisecond to either side belongs to it.
  return {change.start - Duration(500), change.end + Duration(500)};
}

bool is_ping(std::string_view text) {
  if (text.size() > kLongestPing) return false;
  const json value = json::parse(text, nullptr, false);
  return value.is_object() && value.value("type", json()) == "ping";
}

LiveRequest live_request_from_json(std::string_view text) {
  const json object = object_from(text);
  const std::string type = field(object, "type", kLongestName, "");
  if (type == "learn") {
    const auto swap = object.find("swap_sides");
    return LearnRequest{field(object, "craft", kLongestName, ""),
                        swap != object.end() && swap->is_boolean() && swap->get<bool>(),
                        field(object, "learner", kLongestName, "")};
  }
  if (type == "check") return CheckRequest{};
  if (type == "record") return record_request(object);
  if (type == "stop") return StopRequest{};
  if (type == "cancel") return CancelRequest{};
  if (type == "reset") return ResetRequest{};
  if (type == "confirm") return confirm_request(object);
  if (type == "undo") return UndoRequest{};
  if (type == "forget") {
    return ForgetRequest{field(object, "craft", kLongestName, ""),
                         field(object, "learner", kLongestName, "")};
  }
  refuse("there is no such message");
}

LivePicture picture_from_message(std::string_view bytes) {
  if (bytes.size() <= sizeof(double)) refuse("the picture is empty");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(bits); ++i) {
    bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  LivePicture picture;
  picture.time_s = std::bit_cast<double>(bits);
  const std::string_view jpeg = bytes.substr(sizeof(double));
  picture.jpeg.assign(jpeg.begin(), jpeg.end());
  return picture;
}

}  // namespace kata
