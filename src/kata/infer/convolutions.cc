// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/convolutions.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <openvino/op/convolution.hpp>
#include <openvino/op/group_conv.hpp>
#include <openvino/openvino.hpp>
#include <string>

namespace kata {
namespace {

/// A wish for an implementation is an attribute of a class that OpenVINO's headers do not show; its
/// reader of models makes one.
ov::AnyMap wish_for(ov::Core& core, const std::string& implementation) {
  const std::string text = R"(<net name="wish" version="11"><layers>
    <layer id="0" name="a" type="Parameter" version="opset1">
      <data shape="1" element_type="f32"/>
      <rt_info><attribute name="primitives_priority" version="0" value="cpu:)" +
                           implementation + R"("/></rt_info>
      <output><port id="0" precision="FP32"><dim>1</dim></port></output></layer>
    <layer id="1" name="b" type="Result" version="opset1">
      <input><port id="0" precision="FP32"><dim>1</dim></port></input></layer>
    </layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/></edges></net>)";
  return core.read_model(text, ov::Tensor())->get_parameters().front()->get_rt_info();
}

bool is_pointwise(const ov::Node& convolution) {
  const ov::Shape weights = convolution.get_input_shape(1);  // out, in, height, width
  return weights.size() == 4 && weights[2] == 1 && weights[3] == 1;
}

#if defined(__x86_64__)
/// Zen 3 and Zen 4; of these only Zen 4 has AVX-512.
constexpr unsigned kZen4Family = 25;

unsigned cpu_family() {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0) return 0;
  return ((eax >> 8) & 0xFu) + ((eax >> 20) & 0xFFu);  // base and extended family
}
#endif

}  // namespace

std::string_view faster_convolutions() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx512f")) return __builtin_cpu_supports("avx2") ? "avx2" : "";
  return __builtin_cpu_is("amd") && cpu_family() == kZen4Family ? "zen4" : "";
#else
  return "";
#endif
}

void prefer_fast_convolutions(ov::Core& core, ov::Model& model) {
  const std::string_view kind = faster_convolutions();
  if (kind.empty()) return;
  const ov::AnyMap depthwise = wish_for(core, kind == "zen4" ? "jit_avx512_dw" : "jit_avx2_dw");
  const ov::AnyMap pointwise = wish_for(core, "jit_avx2_1x1");
  for (const auto& node : model.get_ops()) {
    if (ov::is_type<ov::op::v1::GroupConvolution>(node)) {
      node->get_rt_info().insert(depthwise.begin(), depthwise.end());
    } else if (ov::is_type<ov::op::v1::Convolution>(node) && is_pointwise(*node)) {
      node->get_rt_info().insert(pointwise.begin(), pointwise.end());
    }
  }
}

}  // namespace kata
