// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/formats.h"

#include <array>

#include "kata/craft/export_formats.h"
#include "kata/craft/import_csv.h"
#include "kata/craft/import_npy.h"

namespace kata {
namespace {

constexpr std::array kImportFormats = {
    ImportFormat{"track", "CSV of kata track --csv: a whole take", is_track_csv, read_csv},
    ImportFormat{"prototype", "CSV of 303 columns, with or without header", is_prototype_csv,
                 read_csv},
    ImportFormat{"prototype-web", "CSV of 227 columns, labels NAME_R and NAME_W", is_web_csv,
                 read_csv},
    ImportFormat{"npy", "folders LABEL/SEQUENCE/FRAME.npy of 225 or 1662 values", is_npy_tree,
                 read_npy_tree},
};

constexpr std::array kExportFormats = {
    ExportFormat{"prototype", "CSV of 303 columns", false, export_prototype_csv},
    ExportFormat{"prototype-web", "CSV of 227 columns with header", false, export_web_csv},
    ExportFormat{"npy", "folders LABEL/SEQUENCE/FRAME.npy", true, export_npy_tree},
    ExportFormat{"json", "everything but previews and classifier, one document", false,
                 export_json},
    ExportFormat{"trc", "one marker file for each repetition (OpenSim)", true, export_trc},
};

}  // namespace

std::span<const ImportFormat> import_formats() { return kImportFormats; }
std::span<const ExportFormat> export_formats() { return kExportFormats; }

}  // namespace kata
