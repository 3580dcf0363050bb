// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/error.h"
#include "kata/core/repetition.h"
#include "kata/session/live_messages.h"
#include "kata/session/studio.h"
#include "kata/session/training_desk.h"

namespace kata {

/// JSON texts of the server (api/http-*.schema.json; examples in api/golden/http-*.json).
std::string to_json(const CraftCard& card);
std::string to_json(const CraftDetail& detail);
std::string to_json(const std::vector<CraftCard>& cards,
                    const std::vector<CraftFolder::Entry>& removed);
std::string to_json(const RepetitionSummary& summary);
std::string to_json(const TakeView& take);
std::string to_json(const Repetition& repetition);
std::string to_json(const TrainingState& state);
std::string to_json(const LiveReply& reply);
/// The answer to a tab that asks whether the line is alive.
std::string pong_json();
std::string error_json(std::string_view code, std::string_view text);
/// Only for messages that cannot hold a path: a stranger reads them.
std::string_view code_name(ErrorCode code);
std::string public_text(const Error& error);

/// Readers of what browsers send. Throw Error{kInvalidArgument} saying what is wrong.
CraftTitle title_from_json(std::string_view body, const CraftTitle& before);
/// The names of a new craft's movements; none is fine.
std::vector<std::string> movements_from_json(std::string_view body);
std::string name_from_json(std::string_view body);
/// What is empty stays as it was; a label comes with its mistake.
struct LabelChange {
  std::optional<Label> label;
  std::optional<std::string> mistake;
  std::optional<std::string> person;
};
LabelChange label_from_json(std::string_view body);
struct EdgeChange {
  Timestamp start{};
  Timestamp end{};
};
EdgeChange edges_from_json(std::string_view body);
/// Whether a tab asks no more than that.
bool is_ping(std::string_view text);
LiveRequest live_request_from_json(std::string_view text);
/// Eight bytes of time (little-endian double, seconds), then a JPEG.
LivePicture picture_from_message(std::string_view bytes);

}  // namespace kata
