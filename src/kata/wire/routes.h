// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "kata/session/landmarker_pool.h"
#include "kata/session/studio.h"
#include "kata/session/training_desk.h"
#include "kata/wire/http_message.h"
#include "kata/wire/metrics.h"

namespace kata {

class CameraDesk;

/// What the handlers of requests work with; all of it may be used from any thread.
struct Service {
  Studio& studio;
  TrainingDesk& training;
  LandmarkerPool& pool;
  Metrics& metrics;
  std::string version;
  bool is_lan = false;
  CameraDesk* camera = nullptr;  ///< a camera of this computer, where one is offered
};

/// Answers a request to /api, /healthz or /metrics. Never throws: every problem becomes a status.
HttpResponse answer(const Service& service, const HttpRequest& request);

/// What `work` answers, or the answer to what it throws.
HttpResponse guarded(const std::function<HttpResponse()>& work);

/// What a studio for learning only says to every change.
HttpResponse read_only_response();

/// Whether the target takes a whole craft file as its body.
bool takes_file(const HttpRequest& request);

HttpResponse error_response(int status, std::string_view code, std::string_view text);

}  // namespace kata
